<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_program</name>
    <message id="compile.no_compiler">
        <source>torch.compile translates to C++, and no working compiler was found; install one, as g++, or say torch.compile(…, backend="aot_eager"), which needs none.</source>
        <translation>torch.compile traduz para C++, e nenhum compilador que funcione foi encontrado; instale um, como g++, ou escreva torch.compile(…, backend="aot_eager"), que não precisa de nenhum.</translation>
    </message>
    <message id="compile.no_headers">
        <source>torch.compile translates to C++, which needs Python's headers, and Python.h was not found; install them, as python3-dev, or say torch.compile(…, backend="aot_eager"), which needs none.</source>
        <translation>torch.compile traduz para C++, que precisa dos cabeçalhos do Python, e Python.h não foi encontrado; instale-os, como python3-dev, ou escreva torch.compile(…, backend="aot_eager"), que não precisa deles.</translation>
    </message>
    <message id="compile.no_triton">
        <source>torch.compile translates to Triton for this device, and no working one was found; install triton, or say torch.compile(…, backend="aot_eager"), which needs none.</source>
        <translation>torch.compile traduz para Triton neste dispositivo, e nenhum que funcione foi encontrado; instale triton, ou escreva torch.compile(…, backend="aot_eager"), que não precisa dele.</translation>
    </message>
    <message id="preview.too_large">
        <source>A tensor of {n_elements:,} elements is too large for a preview, which takes {most:,}.</source>
        <translation>Um tensor de {n_elements:,} elementos é grande demais para uma prévia, que aceita {most:,}.</translation>
    </message>
    <message id="lesson.not">
        <source>Not yet.</source>
        <translation>Ainda não.</translation>
    </message>
    <message id="graph.forward_mode">
        <source>Nothing here requires a gradient. What torch.func computed in forward mode (jvp, jacfwd) carries its derivatives along with its values: it has no graph, and no backward pass to step.</source>
        <translation>Nada aqui requer gradiente. O que torch.func calculou em modo forward (jvp, jacfwd) leva as suas derivadas junto com os valores: não tem grafo, nem passagem de backward para percorrer.</translation>
    </message>
    <message id="graph.inside_func">
        <source>Nothing here requires a gradient. Inside of torch.func.vmap a program works on tensors that stand for others, and gets plain ones back: of what it did there no graph is left, and no cells are followed.</source>
        <translation>Nada aqui requer gradiente. Dentro de torch.func.vmap um programa trabalha com tensores que representam outros, e recebe de volta tensores comuns: do que fez ali não resta grafo, e nenhuma célula é seguida.</translation>
    </message>
    <message id="graph.no_leaf">
        <source>Nothing here requires a gradient: make a tensor with requires_grad=True and compute with it.</source>
        <translation>Nada aqui requer gradiente: faça um tensor com requires_grad=True e calcule com ele.</translation>
    </message>
    <message id="formula.no_numbers">
        <source>Only tensors and numbers can be computed with here.</source>
        <translation>Aqui só se pode calcular com tensores e números.</translation>
    </message>
    <message id="program.stopped_on_line">
        <source>Stopped at line {line}.</source>
        <translation>Parado na linha {line}.</translation>
    </message>
    <message id="program.stopped">
        <source>Stopped.</source>
        <translation>Parado.</translation>
    </message>
    <message id="lesson.given_up_in">
        <source>The check of this page was given up after {n_seconds:.0f} s, in line {line} of the program, which did not come to an end.</source>
        <translation>A verificação desta página foi abandonada depois de {n_seconds:.0f} s, na linha {line} do programa, que não chegou ao fim.</translation>
    </message>
    <message id="lesson.given_up">
        <source>The check of this page was given up after {n_seconds:.0f} s.</source>
        <translation>A verificação desta página foi abandonada depois de {n_seconds:.0f} s.</translation>
    </message>
    <message id="formula.unreadable">
        <source>The elements of {name} cannot be read here.</source>
        <translation>Os elementos de {name} não podem ser lidos aqui.</translation>
    </message>
    <message id="preview.given_up">
        <source>The preview was given up after {n_seconds:.0f} s.</source>
        <translation>A prévia foi abandonada depois de {n_seconds:.0f} s.</translation>
    </message>
    <message id="syntax.not_compiled">
        <source>The program cannot be compiled: {reason}.</source>
        <translation>O programa não pode ser compilado: {reason}.</translation>
    </message>
    <message id="program.no_folder">
        <source>The program cannot begin in {folder}: {reason}. Program ▸ Arguments and folder… sets another.</source>
        <translation>O programa não pode começar em {folder}: {reason}. Programa ▸ Argumentos e pasta… define outra.</translation>
    </message>
    <message id="input.not_asked">
        <source>The program does not ask for input.</source>
        <translation>O programa não pede entrada.</translation>
    </message>
    <message id="program.exited">
        <source>The program ended itself with exit status {status}.</source>
        <translation>O próprio programa terminou, com código de saída {status}.</translation>
    </message>
    <message id="lesson.no_name">
        <source>The program that ran has no `{name}`: a line `{name} = …` makes it.</source>
        <translation>O programa que rodou não tem `{name}`: uma linha `{name} = …` o cria.</translation>
    </message>
    <message id="program.arguments_refused">
        <source>The program's argparse ended it: {message}. It was given {arguments}; Program ▸ Arguments and folder… gives it others.</source>
        <translation>O argparse do programa o encerrou: {message}. Argumentos que recebeu: {arguments}. Programa ▸ Argumentos e pasta… lhe dá outros.</translation>
    </message>
    <message id="formula.unknown_name">
        <source>There is no name {name} here.</source>
        <translation>Não existe o nome {name} aqui.</translation>
    </message>
    <message id="graph.no_tensor">
        <source>There is no tensor yet: run a program that makes one with requires_grad=True.</source>
        <translation>Ainda não há tensor: execute um programa que faça um com requires_grad=True.</translation>
    </message>
    <message id="variable.missing">
        <source>There is no variable {name}; run the program that makes it.</source>
        <translation>Não há variável {name}; execute o programa que a cria.</translation>
    </message>
    <message id="program.file_beside">
        <source>There is no {name} in {folder}, where the program runs, but there is one beside the program. Program ▸ Arguments and folder… lets it begin there.</source>
        <translation>Não há {name} em {folder}, onde o programa roda, mas há um ao lado do programa. Programa ▸ Argumentos e pasta… faz com que ele comece lá.</translation>
    </message>
    <message id="program.no_file_here">
        <source>There is no {name} in {folder}, where the program runs. Program ▸ Arguments and folder… lets it begin in another folder.</source>
        <translation>Não há {name} em {folder}, onde o programa roda. Programa ▸ Argumentos e pasta… faz com que ele comece em outra pasta.</translation>
    </message>
    <message id="program.no_command">
        <source>This machine has no command {name}: PATH names no folder with it.</source>
        <translation>Esta máquina não tem o comando {name}: o PATH não nomeia nenhuma pasta que o contenha.</translation>
    </message>
    <message id="formula.failed">
        <source>This cannot be computed: {reason}.</source>
        <translation>Isto não pode ser calculado: {reason}.</translation>
    </message>
    <message id="lesson.cannot_read">
        <source>This could not be checked: {kind}: {said}.</source>
        <translation>Isto não pôde ser verificado: {kind}: {said}.</translation>
    </message>
    <message id="lesson.cannot_read_bare">
        <source>This could not be checked: {kind}.</source>
        <translation>Isto não pôde ser verificado: {kind}.</translation>
    </message>
    <message id="formula.no_expression">
        <source>This is not an expression: {reason}.</source>
        <translation>Isto não é uma expressão: {reason}.</translation>
    </message>
    <message id="preview.no_expression">
        <source>This is not an expression: {reason}.</source>
        <translation>Isto não é uma expressão: {reason}.</translation>
    </message>
    <message id="preview.no_tensor">
        <source>This makes no tensor but {type_name}.</source>
        <translation>Isto não faz um tensor, e sim {type_name}.</translation>
    </message>
    <message id="lesson.unfit">
        <source>`{name}` is {what}, which does not fit here: {said}.</source>
        <translation>`{name}` é {what}, o que não serve aqui: {said}.</translation>
    </message>
    <message id="lesson.part_none">
        <source>`{written}` is None: nothing has given it a value.</source>
        <translation>`{written}` é None: nada lhe deu um valor.</translation>
    </message>
    <message id="lesson.a_class">
        <source>`{name}` is the class {kind} itself: `{kind}(…)`, with parentheses, makes one.</source>
        <translation>`{name}` é a própria classe {kind}: `{kind}(…)`, com parênteses, cria um objeto dela.</translation>
    </message>
    <message id="lesson.numpy">
        <source>`{name}` is NumPy's, {kind}: `torch.tensor({name})` makes a tensor of it.</source>
        <translation>`{name}` é do NumPy, {kind}: `torch.tensor({name})` faz dele um tensor.</translation>
    </message>
    <message id="lesson.none">
        <source>`{name}` is None: the line that makes it gives it no value.</source>
        <translation>`{name}` é None: a linha que o cria não lhe dá valor nenhum.</translation>
    </message>
    <message id="lesson.no_tensor">
        <source>`{name}` is {what}, and has no `.{attribute}`: a tensor has.</source>
        <translation>`{name}` é {what}, e não tem `.{attribute}`: um tensor tem.</translation>
    </message>
    <message id="lesson.many">
        <source>`{name}` is {what}: one number alone is asked for here.</source>
        <translation>`{name}` é {what}: aqui se pede um número só.</translation>
    </message>
    <message id="syntax.slashes">
        <source>{message} (line {line}): in Python a comment begins with #, not with //.</source>
        <translation>{message} (linha {line}): em Python um comentário começa com #, e não com //.</translation>
    </message>
    <message id="lesson.not_called">
        <source>a function that was not called, `()` is missing</source>
        <translation>uma função que não foi chamada, falta `()`</translation>
    </message>
    <message id="lesson.a_tensor">
        <source>a tensor of shape {shape}</source>
        <translation>um tensor de forma {shape}</translation>
    </message>
    <message id="program.folder_gone">
        <source>it is not there</source>
        <translation>ela não existe</translation>
    </message>
    <message id="program.no_arguments">
        <source>no arguments</source>
        <translation>nenhum</translation>
    </message>
    <message id="lesson.of_type">
        <source>of type {kind}</source>
        <translation>do tipo {kind}</translation>
    </message>
    <message id="torch.words_of_operands">
        <source>{expression}, with {operands}: {message}</source>
        <translation>{expression}, com {operands}: {message}</translation>
    </message>
    <message id="file.no_number">
        <source>{expression}: row {row} of the numbers holds {word}, which is none. Change it in the file, leave its column out with usecols, or read the table with np.genfromtxt, which takes longer and reads an empty cell as NaN.</source>
        <translation>{expression}: a linha {row} dos números contém {word}, que não é número. Mude-o no arquivo, deixe a coluna dele de fora com usecols, ou leia a tabela com np.genfromtxt, que demora mais e lê uma célula vazia como NaN.</translation>
    </message>
    <message id="file.word_among_numbers">
        <source>{expression}: a column of numbers holds {word}, which is none. Change it in the file, or leave the column out with usecols; with loose=True it is read as NaN.</source>
        <translation>{expression}: uma coluna de números contém {word}, que não é número. Mude-o no arquivo, ou deixe a coluna de fora com usecols; com loose=True ele é lido como NaN.</translation>
    </message>
    <message id="leaf.changed_in_place">
        <source>{expression}: a leaf that requires a gradient cannot be changed in place; do it under torch.no_grad(), or make a new tensor.</source>
        <translation>{expression}: uma folha que requer gradiente não pode ser mudada in-place; faça isso sob torch.no_grad(), ou faça um tensor novo.</translation>
    </message>
    <message id="target.dtype">
        <source>{expression}: a target of class numbers must be i64, e.g. with .long(); this one is {dtype} {shape}.</source>
        <translation>{expression}: um alvo de números de classe tem de ser i64, p. ex. com .long(); este é {dtype} {shape}.</translation>
    </message>
    <message id="memory.no_machine">
        <source>{expression}: a tensor of shape {shape} has more elements than any memory can hold.</source>
        <translation>{expression}: um tensor de forma {shape} tem mais elementos do que cabem em qualquer memória.</translation>
    </message>
    <message id="tensor.no_truth_value">
        <source>{expression}: a tensor of shape {shape} is neither true nor false; say .any() or .all(), or compare single elements.</source>
        <translation>{expression}: um tensor de forma {shape} não é nem verdadeiro nem falso; escreva .any() ou .all(), ou compare elementos um a um.</translation>
    </message>
    <message id="tensor.not_one_number">
        <source>{expression}: a tensor of shape {shape} is not one number; pick an element or reduce it first, e.g. with .mean().</source>
        <translation>{expression}: um tensor de forma {shape} não é um só número; escolha um elemento ou reduza-o antes, p. ex. com .mean().</translation>
    </message>
    <message id="view.other_size_of_shape">
        <source>{expression}: a tensor of shape {shape} with {n_elements:,} elements cannot be given shape {target}, which takes {n_wanted:,}.</source>
        <translation>{expression}: um tensor de forma {shape} com {n_elements:,} elementos não pode receber a forma {target}, que pede {n_wanted:,}.</translation>
    </message>
    <message id="view.no_multiple_of_shape">
        <source>{expression}: a tensor of shape {shape} with {n_elements:,} elements cannot be given shape {target}: {n_elements:,} is not a multiple of {n_wanted:,}.</source>
        <translation>{expression}: um tensor de forma {shape} com {n_elements:,} elementos não pode receber a forma {target}: {n_elements:,} não é múltiplo de {n_wanted:,}.</translation>
    </message>
    <message id="view.other_size">
        <source>{expression}: a tensor with {n_elements:,} elements cannot be given shape {target}, which takes {n_wanted:,}.</source>
        <translation>{expression}: um tensor com {n_elements:,} elementos não pode receber a forma {target}, que pede {n_wanted:,}.</translation>
    </message>
    <message id="view.no_multiple">
        <source>{expression}: a tensor with {n_elements:,} elements cannot be given shape {target}: {n_elements:,} is not a multiple of {n_wanted:,}.</source>
        <translation>{expression}: um tensor com {n_elements:,} elementos não pode receber a forma {target}: {n_elements:,} não é múltiplo de {n_wanted:,}.</translation>
    </message>
    <message id="assignment.shape">
        <source>{expression}: a value of shape {given} does not fit into the place of shape {place}.</source>
        <translation>{expression}: um valor de forma {given} não cabe no lugar de forma {place}.</translation>
    </message>
    <message id="backward.graph_was_freed">
        <source>{expression}: an earlier backward freed what this graph had saved; pass retain_graph=True to that one, or compute the output anew.</source>
        <translation>{expression}: um backward anterior liberou o que este grafo tinha guardado; passe retain_graph=True àquele, ou calcule a saída de novo.</translation>
    </message>
    <message id="index.no_whole_numbers">
        <source>{expression}: an index is made of whole numbers, and this one of shape {shape} is {dtype}: convert it with .long().</source>
        <translation>{expression}: um índice é feito de números inteiros, e este, de forma {shape}, é {dtype}: converta-o com .long().</translation>
    </message>
    <message id="index.variable_of_fractions">
        <source>{expression}: an index is made of whole numbers, and {name} is {dtype}: say {name}.long().</source>
        <translation>{expression}: um índice é feito de números inteiros, e {name} é {dtype}: escreva {name}.long().</translation>
    </message>
    <message id="backward.not_one_number">
        <source>{expression}: an output is not one number, so it needs a gradient of its own shape: pass one, or reduce it first, e.g. with .sum().</source>
        <translation>{expression}: uma saída não é um só número, então precisa de um gradiente da sua própria forma: passe um, ou reduza-a antes, p. ex. com .sum().</translation>
    </message>
    <message id="backward.shape_is_not_one_number">
        <source>{expression}: an output of shape {shape} is not one number, so it needs a gradient of its own shape: pass one, or reduce it first, e.g. with .sum().</source>
        <translation>{expression}: uma saída de forma {shape} não é um só número, então precisa de um gradiente da sua própria forma: passe um, ou reduza-a antes, p. ex. com .sum().</translation>
    </message>
    <message id="axis.missing_in_shape">
        <source>{expression}: axis {axis} does not exist: the tensor of shape {shape} takes {first} to {last}.</source>
        <translation>{expression}: o eixo {axis} não existe: o tensor de forma {shape} aceita de {first} a {last}.</translation>
    </message>
    <message id="axis.missing">
        <source>{expression}: axis {axis} does not exist: the tensor takes {first} to {last}.</source>
        <translation>{expression}: o eixo {axis} não existe: o tensor aceita de {first} a {last}.</translation>
    </message>
    <message id="target.no_class">
        <source>{expression}: class {number} is out of range: the input of shape {shape} has {n_classes:,} classes, 0 to {last}.</source>
        <translation>{expression}: a classe {number} está fora do intervalo: a entrada de forma {shape} tem {n_classes:,} classes, de 0 a {last}.</translation>
    </message>
    <message id="dtypes.convert_operand">
        <source>{expression}: dtypes {dtypes} do not go together (shapes {shapes}); convert the {odd} one of shape {shape} with .to({dtype}).</source>
        <translation>{expression}: os dtypes {dtypes} não combinam (formas {shapes}); converta o {odd} de forma {shape} com .to({dtype}).</translation>
    </message>
    <message id="dtypes.convert_variable">
        <source>{expression}: dtypes {dtypes} do not go together (shapes {shapes}); {name} is {odd}: convert it with {name}.to({dtype}).</source>
        <translation>{expression}: os dtypes {dtypes} não combinam (formas {shapes}); {name} é {odd}: converta-o com {name}.to({dtype}).</translation>
    </message>
    <message id="backward.fused_attention_twice">
        <source>{expression}: fused attention ({operation}) has a gradient, but none of its gradient. Compute it where a second backward follows under `with torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH):`.</source>
        <translation>{expression}: a atenção fundida ({operation}) tem gradiente, mas nenhum do seu gradiente. Calcule-a, onde vem um segundo backward, sob `with torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH):`.</translation>
    </message>
    <message id="index.axis_is_empty">
        <source>{expression}: index {index} is out of range: axis {axis} has 0 elements.</source>
        <translation>{expression}: o índice {index} está fora do intervalo: o eixo {axis} tem 0 elementos.</translation>
    </message>
    <message id="index.axis_has_one">
        <source>{expression}: index {index} is out of range: axis {axis} has 1 element, at index 0.</source>
        <translation>{expression}: o índice {index} está fora do intervalo: o eixo {axis} tem 1 elemento, no índice 0.</translation>
    </message>
    <message id="index.axis_of_shape_has_one">
        <source>{expression}: index {index} is out of range: axis {axis} of a tensor of shape {shape} has 1 element, at index 0.</source>
        <translation>{expression}: o índice {index} está fora do intervalo: o eixo {axis} de um tensor de forma {shape} tem 1 elemento, no índice 0.</translation>
    </message>
    <message id="index.out_of_range">
        <source>{expression}: index {index} is out of range: axis {axis} has {size:,} elements, 0 to {last}.</source>
        <translation>{expression}: o índice {index} está fora do intervalo: o eixo {axis} tem {size:,} elementos, de 0 a {last}.</translation>
    </message>
    <message id="index.axis_of_shape_is_empty">
        <source>{expression}: index {index} is out of range: axis {axis} of a tensor of shape {shape} has 0 elements.</source>
        <translation>{expression}: o índice {index} está fora do intervalo: o eixo {axis} de um tensor de forma {shape} tem 0 elementos.</translation>
    </message>
    <message id="index.out_of_range_of_shape">
        <source>{expression}: index {index} is out of range: axis {axis} of a tensor of shape {shape} has {size:,} elements, 0 to {last}.</source>
        <translation>{expression}: o índice {index} está fora do intervalo: o eixo {axis} de um tensor de forma {shape} tem {size:,} elementos, de 0 a {last}.</translation>
    </message>
    <message id="index.no_row_of_table">
        <source>{expression}: index {index} is out of range: the table has {n_rows:,} rows, 0 to {last}.</source>
        <translation>{expression}: o índice {index} está fora do intervalo: a tabela tem {n_rows:,} linhas, de 0 a {last}.</translation>
    </message>
    <message id="backward.input_unused">
        <source>{expression}: input number {position} was not used to compute the output; pass allow_unused=True if None is what you want for it.</source>
        <translation>{expression}: a entrada número {position} não foi usada para calcular a saída; passe allow_unused=True se None é o que você quer para ela.</translation>
    </message>
    <message id="file.ragged">
        <source>{expression}: line {line} of the table has another number of columns ({found} where {wanted} are expected), and rows of a tensor are equally long. Nothing was left out: complete the line in the file.</source>
        <translation>{expression}: a linha {line} da tabela tem outro número de colunas ({found} onde se esperam {wanted}), e as linhas de um tensor têm o mesmo comprimento. Nada foi deixado de fora: complete a linha no arquivo.</translation>
    </message>
    <message id="index.too_many_for_shape">
        <source>{expression}: more indices than the tensor has axes, which is {n_axes}, shape {shape}.</source>
        <translation>{expression}: mais índices do que os eixos do tensor, que são {n_axes}, forma {shape}.</translation>
    </message>
    <message id="index.too_many">
        <source>{expression}: more indices than the tensor has axes, which is {n_axes}.</source>
        <translation>{expression}: mais índices do que os eixos do tensor, que são {n_axes}.</translation>
    </message>
    <message id="gradient.none_to_clip">
        <source>{expression}: none of these has a gradient that could be limited; call it after backward, before the step.</source>
        <translation>{expression}: nenhum deles tem um gradiente que possa ser limitado; chame-o depois de backward, antes do passo.</translation>
    </message>
    <message id="numpy.requires_gradient">
        <source>{expression}: numpy keeps no gradients, and this tensor requires one; say .detach().numpy().</source>
        <translation>{expression}: o numpy não guarda gradientes, e este tensor requer um; escreva .detach().numpy().</translation>
    </message>
    <message id="backward.an_input_unused">
        <source>{expression}: one of the inputs was not used to compute the output; pass allow_unused=True if None is what you want for it.</source>
        <translation>{expression}: uma das entradas não foi usada para calcular a saída; passe allow_unused=True se None é o que você quer para ela.</translation>
    </message>
    <message id="leaf.of_whole_numbers">
        <source>{expression}: only floating-point and complex tensors can require a gradient, and this one is {dtype}; convert it first, with .float().</source>
        <translation>{expression}: só tensores de ponto flutuante e complexos podem requerer gradiente, e este é {dtype}; converta-o antes, com .float().</translation>
    </message>
    <message id="leaf.no_floating_point">
        <source>{expression}: only floating-point and complex tensors can require a gradient; write the numbers as 1.0, or give a dtype.</source>
        <translation>{expression}: só tensores de ponto flutuante e complexos podem requerer gradiente; escreva os números como 1.0, ou dê um dtype.</translation>
    </message>
    <message id="expand.other_sizes">
        <source>{expression}: shape {given} cannot be expanded to {target}: only axes of size 1 can grow.</source>
        <translation>{expression}: a forma {given} não pode ser expandida para {target}: só eixos de tamanho 1 podem crescer.</translation>
    </message>
    <message id="product.no_axes">
        <source>{expression}: shapes {first} and {second} do not fit: a matrix product needs at least one axis on each side.</source>
        <translation>{expression}: as formas {first} e {second} não combinam: um produto de matrizes precisa de ao menos um eixo de cada lado.</translation>
    </message>
    <message id="product.batches">
        <source>{expression}: shapes {first} and {second} do not fit: the batch dimensions are {first_batch} and {second_batch}.</source>
        <translation>{expression}: as formas {first} e {second} não combinam: as dimensões de lote são {first_batch} e {second_batch}.</translation>
    </message>
    <message id="product.inner">
        <source>{expression}: shapes {first} and {second} do not fit: the inner dimensions are {first_inner} and {second_inner}.</source>
        <translation>{expression}: as formas {first} e {second} não combinam: as dimensões internas são {first_inner} e {second_inner}.</translation>
    </message>
    <message id="broadcast.axes">
        <source>{expression}: shapes {shapes} do not broadcast: axes {axis} have sizes {first} and {second}.</source>
        <translation>{expression}: as formas {shapes} não fazem broadcast: os eixos {axis} têm tamanhos {first} e {second}.</translation>
    </message>
    <message id="broadcast.last_axes">
        <source>{expression}: shapes {shapes} do not broadcast: the last axes have sizes {first} and {second}.</source>
        <translation>{expression}: as formas {shapes} não fazem broadcast: os últimos eixos têm tamanhos {first} e {second}.</translation>
    </message>
    <message id="join.other_axes">
        <source>{expression}: shapes {shapes} must be equal on every axis but {axis}.</source>
        <translation>{expression}: as formas {shapes} têm de ser iguais em todos os eixos menos o {axis}.</translation>
    </message>
    <message id="join.odd_one">
        <source>{expression}: of {n} tensors number {number}, counted from 0, has shape {shape}, and the first {first}; they must be equal.</source>
        <translation>{expression}: de {n} tensores, o número {number}, contando a partir de 0, tem a forma {shape}, e o primeiro {first}; têm de ser iguais.</translation>
    </message>
    <message id="join.odd_one_along">
        <source>{expression}: of {n} tensors number {number}, counted from 0, has shape {shape}, and the first {first}; they must be equal on every axis but {axis}.</source>
        <translation>{expression}: de {n} tensores, o número {number}, contando a partir de 0, tem a forma {shape}, e o primeiro {first}; têm de ser iguais em todos os eixos menos o {axis}.</translation>
    </message>
    <message id="join.unequal">
        <source>{expression}: shapes {shapes} must be equal.</source>
        <translation>{expression}: as formas {shapes} têm de ser iguais.</translation>
    </message>
    <message id="join.number_of_axes">
        <source>{expression}: shapes {shapes} must have the same number of axes.</source>
        <translation>{expression}: as formas {shapes} têm de ter o mesmo número de eixos.</translation>
    </message>
    <message id="broadcast.sizes">
        <source>{expression}: sizes {first} and {second} meet on axis {axis} and do not broadcast.</source>
        <translation>{expression}: os tamanhos {first} e {second} se encontram no eixo {axis} e não fazem broadcast.</translation>
    </message>
    <message id="channels.differ">
        <source>{expression}: the channels of the input of shape {shape} number {n_channels}, but the weight of shape {weight_shape} takes {n_taken}.</source>
        <translation>{expression}: os canais da entrada de forma {shape} são {n_channels}, mas o peso de forma {weight_shape} espera {n_taken}.</translation>
    </message>
    <message id="view.not_contiguous">
        <source>{expression}: the elements of this tensor do not lie one after another in memory, as view needs (it was transposed or sliced); use reshape.</source>
        <translation>{expression}: os elementos deste tensor não estão um após o outro na memória, como view precisa (ele foi transposto ou fatiado); use reshape.</translation>
    </message>
    <message id="view.shape_not_contiguous">
        <source>{expression}: the elements of this tensor of shape {shape} do not lie one after another in memory, as view needs (it was transposed or sliced); use reshape.</source>
        <translation>{expression}: os elementos deste tensor de forma {shape} não estão um após o outro na memória, como view precisa (ele foi transposto ou fatiado); use reshape.</translation>
    </message>
    <message id="file.holds_numpy">
        <source>{expression}: the file holds NumPy's {name} beside tensors, and to read that would run code of the file. Save it anew with torch.from_numpy(…) or .item() in its place.</source>
        <translation>{expression}: o arquivo contém {name}, do NumPy, ao lado de tensores, e ler isso executaria código do arquivo. Salve-o de novo com torch.from_numpy(…) ou .item() em seu lugar.</translation>
    </message>
    <message id="file.holds_object">
        <source>{expression}: the file holds an object of {name}, not only tensors, and to read that would run code of the file. Of a module, save its state_dict(): it is tensors alone.</source>
        <translation>{expression}: o arquivo contém um objeto de {name}, e não só tensores, e ler isso executaria código do arquivo. De um módulo, salve o state_dict(): ele só tem tensores.</translation>
    </message>
    <message id="file.holds_call">
        <source>{expression}: the file asks for {name} to be called while it is read, which no file of tensors needs, and which may do harm. Nothing of it was run; do not load it in another way.</source>
        <translation>{expression}: o arquivo pede que {name} seja chamado enquanto é lido, o que nenhum arquivo de tensores precisa e pode causar dano. Nada dele foi executado; não o carregue de outro modo.</translation>
    </message>
    <message id="file.torchscript">
        <source>{expression}: the file is a TorchScript program, no tensors: torch.jit.load reads it, and runs what is in it.</source>
        <translation>{expression}: o arquivo é um programa TorchScript, não tensores: torch.jit.load o lê, e executa o que há nele.</translation>
    </message>
    <message id="file.other_pickle">
        <source>{expression}: the file is a pickle that torch.save did not write, or no longer whole; nothing of it was run.</source>
        <translation>{expression}: o arquivo é um pickle que torch.save não escreveu, ou não está mais inteiro; nada dele foi executado.</translation>
    </message>
    <message id="file.no_whole_number">
        <source>{expression}: a column of whole numbers holds {word}, which int64 has not. Change it in the file, or read it with np.genfromtxt as float64, which rounds whole numbers beyond 9007199254740992.</source>
        <translation>{expression}: uma coluna de números inteiros tem {word}, que int64 não tem. Mude-o no arquivo, ou leia-o com np.genfromtxt como float64, que arredonda números inteiros além de 9007199254740992.</translation>
    </message>
    <message id="file.other_archive">
        <source>{expression}: the file is a zip archive that torch.save did not write.</source>
        <translation>{expression}: o arquivo é um zip que torch.save não escreveu.</translation>
    </message>
    <message id="file.damaged">
        <source>{expression}: the file is damaged, or was not written to its end: nothing of it was read.</source>
        <translation>{expression}: o arquivo está danificado, ou não foi escrito até o fim: nada dele foi lido.</translation>
    </message>
    <message id="backward.gradient_shape">
        <source>{expression}: the gradient has shape {given}, but the output has {wanted}; they have to be equal.</source>
        <translation>{expression}: o gradiente tem forma {given}, mas a saída tem {wanted}; têm de ser iguais.</translation>
    </message>
    <message id="target.unequal">
        <source>{expression}: the input has shape {shape} and the target {target_shape}; they have to be equal.</source>
        <translation>{expression}: a entrada tem forma {shape} e o alvo, {target_shape}; têm de ser iguais.</translation>
    </message>
    <message id="target.of_whole_numbers">
        <source>{expression}: the input is {input_dtype}, but the target of shape {shape} is {dtype}: convert it with .to({wanted}).</source>
        <translation>{expression}: a entrada é {input_dtype}, mas o alvo de forma {shape} é {dtype}: converta-o com .to({wanted}).</translation>
    </message>
    <message id="target.rows">
        <source>{expression}: the input of shape {shape} and the target of shape {target_shape} must have equally many rows, and have {n_rows} and {n_target_rows}.</source>
        <translation>{expression}: a entrada de forma {shape} e o alvo de forma {target_shape} têm de ter o mesmo número de linhas, e têm {n_rows} e {n_target_rows}.</translation>
    </message>
    <message id="product.features">
        <source>{expression}: the input of shape {shape} has {n_features} features, but the weight of shape {weight_shape} takes {n_taken}.</source>
        <translation>{expression}: a entrada de forma {shape} tem {n_features} características, mas o peso de forma {weight_shape} espera {n_taken}.</translation>
    </message>
    <message id="program.argument_missing">
        <source>{expression}: the program was given {arguments}; Program ▸ Arguments and folder… gives it others.</source>
        <translation>{expression}: argumentos que o programa recebeu: {arguments}. Programa ▸ Argumentos e pasta… lhe dá outros.</translation>
    </message>
    <message id="target.shape">
        <source>{expression}: the target of shape {target_shape} does not fit the input of shape {shape}: with the classes on axis 1 it has to be {wanted}.</source>
        <translation>{expression}: o alvo de forma {target_shape} não combina com a entrada de forma {shape}: com as classes no eixo 1, ele tem de ser {wanted}.</translation>
    </message>
    <message id="devices.move_operand">
        <source>{expression}: the tensors are on {devices}; move the one of shape {shape} with .to('{device}').</source>
        <translation>{expression}: os tensores estão em {devices}; mova o de forma {shape} com .to('{device}').</translation>
    </message>
    <message id="devices.move_variable">
        <source>{expression}: the tensors are on {devices}; {name} is on {odd}: move it with {name}.to('{device}').</source>
        <translation>{expression}: os tensores estão em {devices}; {name} está em {odd}: mova-o com {name}.to('{device}').</translation>
    </message>
    <message id="number.no_graph">
        <source>{expression}: this is a plain number ({type_name}), which has no graph; {taken} at line {line} was the last to take numbers out of one: go on with the tensor itself.</source>
        <translation>{expression}: isto é um número simples ({type_name}), que não tem grafo; {taken} na linha {line} foi a última a tirar números de um: siga com o próprio tensor.</translation>
    </message>
    <message id="memory.too_little">
        <source>{expression}: this needs {needed} of memory at once; the machine has {there}.</source>
        <translation>{expression}: isto precisa de {needed} de memória de uma vez; a máquina tem {there}.</translation>
    </message>
    <message id="torch.words">
        <source>{expression}: {message}</source>
        <translation>{expression}: {message}</translation>
    </message>
    <message id="module.plain_container">
        <source>{expression}: {name} has no parameters, for {name}.{attribute} is a plain {kind}, which a module does not look into; make it an nn.{container}.</source>
        <translation>{expression}: {name} não tem parâmetros, pois {name}.{attribute} é {kind} comum do Python, em que um módulo não procura; faça dele um nn.{container}.</translation>
    </message>
    <message id="optimizer.used_up">
        <source>{expression}: {name} is a generator, which gives its parameters once, and something has gone through them before. Keep them as a list: {name} = list(…).</source>
        <translation>{expression}: {name} é um gerador, que dá seus parâmetros uma só vez, e algo já passou por eles antes. Guarde-os em uma lista: {name} = list(…).</translation>
    </message>
    <message id="leaf.view_changed_in_place">
        <source>{expression}: {name} is a view of {leaf}, a leaf that requires a gradient, and what is written into it would change that leaf in place; do it under torch.no_grad(), or write into {name}.clone().</source>
        <translation>{expression}: {name} é uma view de {leaf}, uma folha que requer gradiente, e o que se escreve nela mudaria essa folha in-place; faça isso sob torch.no_grad(), ou escreva em {name}.clone().</translation>
    </message>
    <message id="view.of_many">
        <source>{expression}: {name} is one of several views that {maker} at line {line} gave of one tensor, and such a view cannot be changed in place; compute a new tensor instead, or write into that tensor by index.</source>
        <translation>{expression}: {name} é uma de várias views que {maker} na linha {line} deu de um tensor, e uma view assim não pode ser mudada in-place; calcule um tensor novo, ou escreva naquele tensor por índice.</translation>
    </message>
    <message id="optimizer.of_computed">
        <source>{expression}: {name} was computed by {maker} (line {line}), and an optimizer trains leaves alone. Let it require a gradient after that: {name} = {name}.detach().requires_grad_().</source>
        <translation>{expression}: {name} foi calculado por {maker} (linha {line}), e um otimizador treina apenas folhas. Peça o gradiente depois disso: {name} = {name}.detach().requires_grad_().</translation>
    </message>
    <message id="error.words">
        <source>{words}.</source>
        <translation>{words}.</translation>
    </message>
    <message id="lesson.quoted">
        <source>`{name}` is a text, {value}: a number is written without quotation marks.</source>
        <translation>`{name}` é um texto, {value}: um número se escreve sem aspas.</translation>
    </message>
    <message id="syntax.of_jupyter">
        <source>“{words}” on line {line} is a command of Jupyter, not Python: take it out.</source>
        <translation>“{words}” na linha {line} é um comando do Jupyter, não Python: tire-o.</translation>
    </message>
    <message id="syntax.of_prompt">
        <source>“{words}” on line {line} is a prompt, not Python: take it out.</source>
        <translation>“{words}” na linha {line} é um prompt, não Python: tire-o.</translation>
    </message>
    <message id="syntax.error_on_line">
        <source>{message} (line {line}).</source>
        <translation>{message} (linha {line}).</translation>
    </message>
    <message id="syntax.error">
        <source>{message}.</source>
        <translation>{message}.</translation>
    </message>
    <message id="formula.no_function">
        <source>{name} cannot be called here.</source>
        <translation>{name} não pode ser chamada aqui.</translation>
    </message>
    <message id="variable.no_tensor">
        <source>{name} is not a tensor but {type_name}.</source>
        <translation>{name} não é um tensor, e sim {type_name}.</translation>
    </message>
    <message id="formula.no_tensor">
        <source>{name} needs a tensor.</source>
        <translation>{name} precisa de um tensor.</translation>
    </message>
    <message id="graph.not_computed_yet">
        <source>{name} requires a gradient, but no variable holds anything computed from it yet.</source>
        <translation>{name} requer gradiente, mas nenhuma variável guarda ainda algo calculado a partir dele.</translation>
    </message>
    <message id="notice.plain_container">
        <source>{path}.{attribute} is a plain {kind}, which a module does not look into: an optimizer of {name}.parameters() does not train the {n_tensors} tensors in it. Make it an nn.{container}.</source>
        <translation>{path}.{attribute} é {kind} comum do Python, em que um módulo não procura: um otimizador de {name}.parameters() não treina os {n_tensors} tensores dentro dele. Faça dele um nn.{container}.</translation>
    </message>
    <message id="lesson.not_yet">
        <source>{said}</source>
        <translation>{said}</translation>
    </message>
    <message id="formula.not_allowed">
        <source>{text} cannot be used here: write numbers, names, arithmetic and functions of torch.</source>
        <translation>{text} não pode ser usado aqui: escreva números, nomes, aritmética e funções do torch.</translation>
    </message>
    <message id="formula.too_large">
        <source>{text} would have more than {most} elements.</source>
        <translation>{text} teria mais de {most} elementos.</translation>
    </message>
    <message id="error.message_raises">
        <source>{type_name}: its message cannot be shown ({failure}).</source>
        <translation>{type_name}: a mensagem não pode ser mostrada ({failure}).</translation>
    </message>
    <message id="error.message_slow">
        <source>{type_name}: its message takes too long to read.</source>
        <translation>{type_name}: a mensagem demora demais para ser lida.</translation>
    </message>
    <message id="error.no_message">
        <source>{type_name}: no message.</source>
        <translation>{type_name}: sem mensagem.</translation>
    </message>
    <message id="error.no_key">
        <source>{type_name}: there is no key {key}.</source>
        <translation>{type_name}: não existe a chave {key}.</translation>
    </message>
    <message id="error.does_not_hold">
        <source>{type_name}: {expression} does not hold.</source>
        <translation>{type_name}: {expression} não é verdade.</translation>
    </message>
    <message id="error.of_type">
        <source>{type_name}: {message}</source>
        <translation>{type_name}: {message}</translation>
    </message>
    <message id="error.did_you_mean">
        <source>{type_name}: {message} Did you mean {known}?</source>
        <translation>{type_name}: {message} Você quis dizer {known}?</translation>
    </message>
    <message id="expression.in_module">
        <source>{text}, in {module}</source>
        <translation>{text}, em {module}</translation>
    </message>
    <message id="expression.program">
        <source>the program</source>
        <translation>o programa</translation>
    </message>
    <message id="expression.line">
        <source>line {line}</source>
        <translation>linha {line}</translation>
    </message>
    <message id="words.of_list">
        <source>{before}{words}{after}</source>
        <translation>{before}{words}{after}</translation>
    </message>
    <message id="words.two_lines">
        <source>{above}
{below}</source>
        <translation>{above}
{below}</translation>
    </message>
    <message id="file.no_pickle">
        <source>{expression}: the file is empty, not whole, or none that torch.save or pickle wrote.</source>
        <translation>{expression}: o arquivo está vazio, não está inteiro ou não foi escrito por torch.save nem por pickle.</translation>
    </message>
    <message id="graph.inside_backward">
        <source>{name} has no graph: it was computed while a backward pass ran, and there operations make one only inside `with torch.enable_grad():`, of tensors that require a gradient.</source>
        <translation>{name} não tem grafo: foi calculado enquanto uma passagem de backward era executada, e ali as operações só fazem um dentro de `with torch.enable_grad():`, de tensores que exigem gradiente.</translation>
    </message>
    <message id="torch.words_of_backward">
        <source>{expression}, at the backward of {operation} (line {line}): {message}</source>
        <translation>{expression}, no backward de {operation} (linha {line}): {message}</translation>
    </message>
    <message id="words.in_file">
        <source>{said} ({file}, line {line})</source>
        <translation>{said} ({file}, linha {line})</translation>
    </message>
    <message id="module.not_begun">
        <source>{kind}.__init__ does not call super().__init__(), which makes what every nn.Module has: its parameters, modules and hooks. It has to stand there first.</source>
        <translation>{kind}.__init__ não chama super().__init__(), que cria o que todo nn.Module tem: parâmetros, módulos e hooks. Essa chamada tem de vir primeiro ali.</translation>
    </message>
    <message id="function.n_gradients">
        <source>{name}.backward has to return as many gradients as {name}.forward takes inputs after ctx, in their order, and None for one that has none; it takes {wanted} and returned {found}.</source>
        <translation>{name}.backward tem de devolver tantos gradientes quantas entradas {name}.forward recebe depois de ctx, na mesma ordem, e None para a que não tem nenhum; ele recebe {wanted} e devolveu {found}.</translation>
    </message>
    <message id="function.gradient_shape">
        <source>a gradient has the shape of its input, and of input number {place} {name}.backward returned one of shape {found} where {wanted} is wanted.</source>
        <translation>um gradiente tem a forma da sua entrada, e da entrada número {place} {name}.backward devolveu um de forma {found} onde se espera {wanted}.</translation>
    </message>
    <message id="function.no_tensor">
        <source>what a custom Function's backward returns is a tensor for each input, or None; here it was of type {kind}.</source>
        <translation>o backward de uma Function própria devolve um tensor para cada entrada, ou None; aqui o valor era do tipo {kind}.</translation>
    </message>
    <message id="function.kept_no_tensor">
        <source>ctx.save_for_backward keeps tensors alone, and argument {place} is of type {kind}; keep that as an attribute, as in ctx.n = n.</source>
        <translation>ctx.save_for_backward guarda apenas tensores, e o argumento {place} é do tipo {kind}; guarde-o como atributo, como em ctx.n = n.</translation>
    </message>
    <message id="hook.other_shape">
        <source>the hook {hook} returned a gradient of another shape than the one that it got, and has to keep that.</source>
        <translation>o hook {hook} devolveu um gradiente de forma diferente da do que recebeu, e tem de manter a forma.</translation>
    </message>
    <message id="hook.no_tensor">
        <source>a hook returns a gradient, which is a tensor, or nothing; this one returned a value of type {kind}.</source>
        <translation>um hook devolve um gradiente, que é um tensor, ou nada; este devolveu um valor do tipo {kind}.</translation>
    </message>
    <message id="backward.no_derivative">
        <source>PyTorch has no derivative of {operation}, and a gradient arrived at its result; say .detach() of that, or compute it otherwise.</source>
        <translation>o PyTorch não tem derivada de {operation}, e um gradiente chegou ao seu resultado; use .detach() nele, ou calcule de outro modo.</translation>
    </message>
    <message id="inference.saved">
        <source>{expression}: a tensor that torch.inference_mode() made cannot be kept for backward; make it under torch.no_grad() instead, or take its .clone() here.</source>
        <translation>{expression}: um tensor criado sob torch.inference_mode() não pode ser guardado para o backward; crie-o sob torch.no_grad(), ou use aqui o seu .clone().</translation>
    </message>
    <message id="inference.named_saved">
        <source>{expression}: {name} was made under torch.inference_mode() and cannot be kept for backward; make it under torch.no_grad() instead, or take {name}.clone() here.</source>
        <translation>{expression}: {name} foi criado sob torch.inference_mode() e não pode ser guardado para o backward; crie-o sob torch.no_grad(), ou use aqui {name}.clone().</translation>
    </message>
    <message id="inference.changed">
        <source>{expression}: what torch.inference_mode() made is changed in place only inside of it; write into a .clone().</source>
        <translation>{expression}: o que torch.inference_mode() criou só pode ser alterado no lugar dentro dele; escreva em um .clone().</translation>
    </message>
    <message id="inference.requires_gradient">
        <source>{expression}: what torch.inference_mode() made never requires a gradient outside of it; its .clone() can.</source>
        <translation>{expression}: o que torch.inference_mode() criou nunca requer gradiente fora dele; o seu .clone() pode.</translation>
    </message>
    <message id="attention.mask">
        <source>{expression}: a mask of shape {shape} does not fit scores of shape {scores}, a row for each query and a column for each key.</source>
        <translation>{expression}: uma máscara de forma {shape} não serve para pontuações de forma {scores}, uma linha para cada query e uma coluna para cada key.</translation>
    </message>
    <message id="gradient.flag_of_computed">
        <source>{expression}: whether a gradient is required is set of leaves alone, and this tensor was computed from one that requires it; its .detach() does not.</source>
        <translation>{expression}: só em folhas se define se um gradiente é requerido, e este tensor foi calculado a partir de um que o requer; o seu .detach() não requer.</translation>
    </message>
    <message id="tensor.several_at_one_place">
        <source>{expression}: several elements of what is written into lie at one place of its memory, as .expand() makes them; write into its .clone().</source>
        <translation>{expression}: vários elementos do tensor em que se escreve estão no mesmo lugar da memória, como .expand() os deixa; escreva no seu .clone().</translation>
    </message>
    <message id="view.of_no_grad">
        <source>{expression}: this view was made under torch.no_grad(), and is changed in place outside of it; do both in there, which no gradient sees, or make the view outside, too.</source>
        <translation>{expression}: esta view foi criada sob torch.no_grad() e é alterada no lugar fora dele; faça as duas coisas lá dentro, o que nenhum gradiente vê, ou crie também a view fora.</translation>
    </message>
    <message id="view.of_hooked_module">
        <source>{expression}: what a module with a backward hook takes or returns cannot be changed in place; compute a new tensor instead, as in y = y + 1.</source>
        <translation>{expression}: o que um módulo com um hook de backward recebe ou devolve não pode ser alterado no lugar; calcule um tensor novo, como em y = y + 1.</translation>
    </message>
    <message id="view.of_function">
        <source>{expression}: this is a view that {name}.forward returned, and changed in place it would no longer have the gradient of {name}.backward; compute a new tensor instead, or let forward return a .clone().</source>
        <translation>{expression}: esta é uma view que {name}.forward devolveu, e alterada no lugar ela deixaria de ter o gradiente de {name}.backward; calcule um tensor novo, ou faça forward devolver um .clone().</translation>
    </message>
    <message id="backward.complex_output">
        <source>{expression}: an output of complex numbers needs a gradient of its own: pass one, or make a real number of it first, e.g. with .abs().</source>
        <translation>{expression}: uma saída de números complexos precisa de um gradiente próprio: passe um, ou faça dela antes um número real, por exemplo com .abs().</translation>
    </message>
</context>
</TS>
