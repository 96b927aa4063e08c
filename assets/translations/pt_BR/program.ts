<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>program</name>
    <message>
        <source>A NaN that only backward has</source>
        <translation>Um NaN que só o backward tem</translation>
    </message>
    <message>
        <source>A cursor at each place of what is selected, or of the name at the cursor</source>
        <translation>Um cursor em cada ocorrência do que está selecionado, ou do nome no cursor</translation>
    </message>
    <message>
        <source>A line that it depends on was changed since.</source>
        <translation>Uma linha de que ela depende foi mudada desde então.</translation>
    </message>
    <message>
        <source>A recurrent network</source>
        <translation>Uma rede recorrente</translation>
    </message>
    <message>
        <source>A regular expression; \1 or $1 in the replacement is its first brackets</source>
        <translation>Expressão regular; \1 ou $1 na substituição são os seus primeiros parênteses</translation>
    </message>
    <message>
        <source>A training loop</source>
        <translation>Um laço de treino</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tudo</translation>
    </message>
    <message>
        <source>All that stands above the cursor's cell, or without cells above its statement</source>
        <translation>Tudo o que está acima da célula do cursor; sem células, o que está acima da sua instrução</translation>
    </message>
    <message>
        <source>Back from a definition or a line</source>
        <translation>Voltar de uma definição ou de uma linha</translation>
    </message>
    <message>
        <source>By its number. Alt+Left leads back</source>
        <translation>Pelo número. Alt+Left volta</translation>
    </message>
    <message>
        <source>Capital and small letters differ</source>
        <translation>Distinguir maiúsculas de minúsculas</translation>
    </message>
    <message>
        <source>Causal attention</source>
        <translation>Atenção causal</translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation>Limpar esta lista</translation>
    </message>
    <message>
        <source>Click: inspect it — Ctrl+Shift+I</source>
        <translation>Clique: inspecionar — Ctrl+Shift+I</translation>
    </message>
    <message>
        <source>Close — Esc</source>
        <translation>Fechar — Esc</translation>
    </message>
    <message>
        <source>Comment lines out or in</source>
        <translation>Comentar ou descomentar linhas</translation>
    </message>
    <message>
        <source>control characters</source>
        <translation>caracteres de controle</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Cursor in the line above</source>
        <translation>Cursor na linha acima</translation>
    </message>
    <message>
        <source>Cursor in the line below</source>
        <translation>Cursor na linha abaixo</translation>
    </message>
    <message>
        <source>Cursors</source>
        <translation>Cursores</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Recortar</translation>
    </message>
    <message>
        <source>Delete lines</source>
        <translation>Excluir linhas</translation>
    </message>
    <message>
        <source>Duplicate lines</source>
        <translation>Duplicar linhas</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Exemplos</translation>
    </message>
    <message>
        <source>File › Recent</source>
        <translation>Arquivo › Recentes</translation>
    </message>
    <message>
        <source>Find in the program</source>
        <translation>Procurar no programa</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>Recolher</translation>
    </message>
    <message>
        <source>Fold all blocks</source>
        <translation>Recolher todos os blocos</translation>
    </message>
    <message>
        <source>From the text alone: it has no value now.</source>
        <translation>Só pelo texto: não tem valor agora.</translation>
    </message>
    <message>
        <source>From the text, which was changed since it ran.</source>
        <translation>Pelo texto, que mudou depois da execução.</translation>
    </message>
    <message>
        <source>Functions, classes, loops, long statements and cells; Ctrl+Shift+[ folds the one at the cursor</source>
        <translation>Funções, classes, laços, instruções longas e células; Ctrl+Shift+[ recolhe o que está no cursor</translation>
    </message>
    <message>
        <source>Given up: this expression takes too long on the text.</source>
        <translation>A busca parou: esta expressão demora demais neste texto.</translation>
    </message>
    <message>
        <source>Go to definition</source>
        <translation>Ir à definição</translation>
    </message>
    <message>
        <source>Go to line…</source>
        <translation>Ir para a linha…</translation>
    </message>
    <message>
        <source>Go to the other bracket</source>
        <translation>Ir para o outro parêntese</translation>
    </message>
    <message>
        <source>Gradients that vanish</source>
        <translation>Gradientes que somem</translation>
    </message>
    <message>
        <source>How what is called at the cursor is called; shown by itself after ( and ,</source>
        <translation>Como se chama o que é chamado no cursor; aparece sozinho depois de ( e ,</translation>
    </message>
    <message>
        <source>Indent lines</source>
        <translation>Recuar linhas</translation>
    </message>
    <message>
        <source>Inspect what this line made</source>
        <translation>Inspecionar o que esta linha fez</translation>
    </message>
    <message>
        <source>It matches places without a letter alone.</source>
        <translation>Só corresponde a lugares sem letra alguma.</translation>
    </message>
    <message>
        <source>Its value, signature and documentation, as the mouse resting on it shows</source>
        <translation>Valor, assinatura e documentação do nome no cursor, como mostra o mouse parado sobre ele</translation>
    </message>
    <message>
        <source>Join lines</source>
        <translation>Juntar linhas</translation>
    </message>
    <message>
        <source>Line 1 to {last}</source>
        <translation>Linha 1 a {last}</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Linhas</translation>
    </message>
    <message>
        <source>Move lines down</source>
        <translation>Mover linhas para baixo</translation>
    </message>
    <message>
        <source>Move lines up</source>
        <translation>Mover linhas para cima</translation>
    </message>
    <message>
        <source>Next match — F3</source>
        <translation>Próxima ocorrência — F3</translation>
    </message>
    <message>
        <source>No line of this program makes the name at the cursor.</source>
        <translation>Nenhuma linha deste programa define o nome no cursor.</translation>
    </message>
    <message>
        <source>No program was opened or saved yet</source>
        <translation>Nenhum programa foi aberto ou salvo ainda</translation>
    </message>
    <message>
        <source>No regular expression: {reason}</source>
        <translation>Não é uma expressão regular: {reason}</translation>
    </message>
    <message>
        <source>Number of a line</source>
        <translation>Número de uma linha</translation>
    </message>
    <message>
        <source>Of the pair at the cursor, else to the end of the brackets that it stands in</source>
        <translation>Do par no cursor, senão para o fim dos parênteses em que ele está</translation>
    </message>
    <message>
        <source>One more; a click with Alt puts one anywhere, Esc leaves one</source>
        <translation>Mais um; um clique com Alt põe um em qualquer lugar, Esc deixa um só</translation>
    </message>
    <message>
        <source>One neuron, by hand and by backward()</source>
        <translation>Um neurônio, à mão e por backward()</translation>
    </message>
    <message>
        <source>Only in the lines that are selected</source>
        <translation>Só nas linhas selecionadas</translation>
    </message>
    <message>
        <source>Outdent lines</source>
        <translation>Desfazer o recuo das linhas</translation>
    </message>
    <message>
        <source>Parameters of this call</source>
        <translation>Parâmetros desta chamada</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Colar</translation>
    </message>
    <message>
        <source>Previous match — Shift+F3</source>
        <translation>Ocorrência anterior — Shift+F3</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Recentes</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Substituir</translation>
    </message>
    <message>
        <source>Replace every match, as one step of undo — Ctrl+Alt+Enter</source>
        <translation>Substituir todas as ocorrências, desfeitas de uma só vez — Ctrl+Alt+Enter</translation>
    </message>
    <message>
        <source>Replace in the program</source>
        <translation>Substituir no programa</translation>
    </message>
    <message>
        <source>Replace this match, and on to the next — Enter</source>
        <translation>Substituir esta ocorrência e ir à próxima — Enter</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Substituir por</translation>
    </message>
    <message>
        <source>Run the cells above</source>
        <translation>Executar as células acima</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Selecionar tudo</translation>
    </message>
    <message>
        <source>Select all that read the same</source>
        <translation>Selecionar todos os iguais</translation>
    </message>
    <message>
        <source>Select the next that reads the same</source>
        <translation>Selecionar o próximo igual</translation>
    </message>
    <message>
        <source>Tensors of rank 0 to 4</source>
        <translation>Tensores de rank 0 a 4</translation>
    </message>
    <message>
        <source>The block at the cursor while the keyboard is in the program, else all modules of the graph</source>
        <translation>O bloco no cursor enquanto o teclado está no programa, senão todos os módulos do grafo</translation>
    </message>
    <message>
        <source>The cursor's line and the next, or those of the selection, as one</source>
        <translation>A linha do cursor e a seguinte, ou as da seleção, como uma só</translation>
    </message>
    <message>
        <source>The cursor's line, or those of the selection</source>
        <translation>A linha do cursor, ou as da seleção</translation>
    </message>
    <message>
        <source>The cursor's line, or those of the selection, above the line before</source>
        <translation>A linha do cursor, ou as da seleção, acima da linha anterior</translation>
    </message>
    <message>
        <source>The cursor's line, or those of the selection, below the line behind</source>
        <translation>A linha do cursor, ou as da seleção, abaixo da linha seguinte</translation>
    </message>
    <message>
        <source>The cursor's line, or those of the selection, once more below</source>
        <translation>A linha do cursor, ou as da seleção, mais uma vez abaixo</translation>
    </message>
    <message>
        <source>The cursor's line, or those of the selection, one level deeper; Tab does it to a selection</source>
        <translation>A linha do cursor, ou as da seleção, um nível mais fundo; Tab faz isso a uma seleção</translation>
    </message>
    <message>
        <source>The cursor's line, or those of the selection, one level less deep; so does Shift+Tab</source>
        <translation>A linha do cursor, ou as da seleção, um nível menos fundo; Shift+Tab faz o mesmo</translation>
    </message>
    <message>
        <source>The line was edited since.</source>
        <translation>A linha foi editada desde então.</translation>
    </message>
    <message>
        <source>The name at the cursor, then its next place, for a cursor at each</source>
        <translation>O nome no cursor, depois sua próxima ocorrência, com um cursor em cada uma</translation>
    </message>
    <message>
        <source>The next that was found, in the program while the keyboard is there, else in the graph</source>
        <translation>O próximo encontrado: no programa enquanto o teclado está nele, senão no grafo</translation>
    </message>
    <message>
        <source>The one before, in the program while the keyboard is there, else in the graph</source>
        <translation>O anterior: no programa enquanto o teclado está nele, senão no grafo</translation>
    </message>
    <message>
        <source>The program is inside of one operation; the answer comes when it has returned.</source>
        <translation>O programa está dentro de uma operação; a resposta vem quando ela retornar.</translation>
    </message>
    <message>
        <source>The tensor whose shape stands at the end of the line; or click that</source>
        <translation>O tensor cuja forma está no fim da linha; ou clique nela</translation>
    </message>
    <message>
        <source>There are too many places to have a cursor at each.</source>
        <translation>Há lugares demais para ter um cursor em cada um.</translation>
    </message>
    <message>
        <source>There is nothing to run above.</source>
        <translation>Não há nada para executar acima.</translation>
    </message>
    <message>
        <source>Two layers and a loss</source>
        <translation>Duas camadas e uma perda</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>Expandir</translation>
    </message>
    <message>
        <source>Unfold all blocks</source>
        <translation>Expandir todos os blocos</translation>
    </message>
    <message>
        <source>What is this name?</source>
        <translation>O que é este nome?</translation>
    </message>
    <message>
        <source>Where the name at the cursor got its value; or click it with Ctrl. Alt+Left leads back</source>
        <translation>Onde o nome no cursor recebeu o seu valor; ou clique nele com Ctrl. Alt+Left volta</translation>
    </message>
    <message>
        <source>Whole words only</source>
        <translation>Só palavras inteiras</translation>
    </message>
    <message>
        <source>attribute</source>
        <translation>atributo</translation>
    </message>
    <message>
        <source>class</source>
        <translation>classe</translation>
    </message>
    <message>
        <source>function</source>
        <translation>função</translation>
    </message>
    <message>
        <source>key</source>
        <translation>chave</translation>
    </message>
    <message>
        <source>keyword</source>
        <translation>palavra-chave</translation>
    </message>
    <message>
        <source>method</source>
        <translation>método</translation>
    </message>
    <message>
        <source>module</source>
        <translation>módulo</translation>
    </message>
    <message>
        <source>name</source>
        <translation>nome</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>não encontrado</translation>
    </message>
    <message>
        <source>parameter</source>
        <translation>parâmetro</translation>
    </message>
    <message>
        <source>property</source>
        <translation>propriedade</translation>
    </message>
    <message>
        <source>variable</source>
        <translation>variável</translation>
    </message>
    <message>
        <source>{name} (not there any more)</source>
        <translation>{name} (não existe mais)</translation>
    </message>
    <message numerus="yes">
        <source>{n} cursors</source>
        <translation>
            <numerusform>{n} cursor</numerusform>
            <numerusform>{n} cursores</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} matches</source>
        <translation>
            <numerusform>{n} ocorrência</numerusform>
            <numerusform>{n} ocorrências</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} matches replaced</source>
        <translation>
            <numerusform>{n} ocorrência substituída</numerusform>
            <numerusform>{n} ocorrências substituídas</numerusform>
        </translation>
    </message>
    <message>
        <source>{place} of {n}</source>
        <translation>{place} de {n}</translation>
    </message>
    <message numerus="yes">
        <source>{n} times</source>
        <translation>
            <numerusform>{n} vez</numerusform>
            <numerusform>{n} vezes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{k} of {n} times</source>
        <translation>
            <numerusform>{k} de {n} vez</numerusform>
            <numerusform>{k} de {n} vezes</numerusform>
        </translation>
    </message>
    <message>
        <source>This is what the line left the last time that it ran.</source>
        <translation>Isto é o que a linha deixou na última vez em que rodou.</translation>
    </message>
    <message>
        <source>So often the lines of the loop ran; beside them stands what they left last.</source>
        <translation>Tantas vezes rodaram as linhas do laço; ao lado delas está o que deixaram por último.</translation>
    </message>
    <message>
        <source>So often the condition held, of the times that the program came to it.</source>
        <translation>Tantas vezes a condição valeu, das vezes em que o programa chegou a ela.</translation>
    </message>
    <message>
        <source>The right where the left is true, else the left. Of tensors with several elements it is &amp;.</source>
        <translation>O da direita onde o da esquerda é verdadeiro, senão o da esquerda. De tensores com vários elementos é &amp;.</translation>
    </message>
    <message>
        <source>The left where that is true, else the right. Of tensors with several elements it is |.</source>
        <translation>O da esquerda onde é verdadeiro, senão o da direita. De tensores com vários elementos é |.</translation>
    </message>
    <message>
        <source>Whether it is false. Of tensors with several elements it is ~.</source>
        <translation>Se é falso. De tensores com vários elementos é ~.</translation>
    </message>
    <message>
        <source>Behind for, what is gone through; elsewhere, whether the left is among the right.</source>
        <translation>Depois de for, o que é percorrido; em outro lugar, se o da esquerda está entre os da direita.</translation>
    </message>
    <message>
        <source>Whether both are the same object, not whether they are equal. None is asked for so.</source>
        <translation>Se os dois são o mesmo objeto, não se são iguais. É assim que se pergunta por None.</translation>
    </message>
    <message>
        <source>Runs the lines below where the condition is true; between two values, it chooses one.</source>
        <translation>Roda as linhas abaixo onde a condição é verdadeira; entre dois valores, escolhe um.</translation>
    </message>
    <message>
        <source>Where no condition above was true, runs the lines below if this one is.</source>
        <translation>Onde nenhuma condição acima foi verdadeira, roda as linhas abaixo se esta for.</translation>
    </message>
    <message>
        <source>What runs where no condition above was true; behind a loop, where no break ended it.</source>
        <translation>O que roda onde nenhuma condição acima foi verdadeira; depois de um laço, onde nenhum break o terminou.</translation>
    </message>
    <message>
        <source>Runs the lines below once for each thing in what follows.</source>
        <translation>Roda as linhas abaixo uma vez para cada coisa do que vem a seguir.</translation>
    </message>
    <message>
        <source>Runs the lines below again and again, as long as the condition is true before each time.</source>
        <translation>Roda as linhas abaixo repetidas vezes, enquanto a condição for verdadeira antes de cada vez.</translation>
    </message>
    <message>
        <source>Ends the innermost loop.</source>
        <translation>Termina o laço mais interno.</translation>
    </message>
    <message>
        <source>Goes on with the next time of the innermost loop.</source>
        <translation>Segue com a próxima vez do laço mais interno.</translation>
    </message>
    <message>
        <source>Makes a function. The lines below run whenever it is called.</source>
        <translation>Cria uma função. As linhas abaixo rodam sempre que ela é chamada.</translation>
    </message>
    <message>
        <source>Ends the function, which gives back what follows.</source>
        <translation>Termina a função, que devolve o que vem a seguir.</translation>
    </message>
    <message>
        <source>Gives one value out, and waits here until the next is asked for.</source>
        <translation>Entrega um valor e espera aqui até que o próximo seja pedido.</translation>
    </message>
    <message>
        <source>A function without a name, of one expression.</source>
        <translation>Uma função sem nome, de uma só expressão.</translation>
    </message>
    <message>
        <source>Makes a class: a kind of object with its methods. A network is one of nn.Module.</source>
        <translation>Cria uma classe: um tipo de objeto com seus métodos. Uma rede é uma de nn.Module.</translation>
    </message>
    <message>
        <source>Begins something for the lines below, and ends it behind them, also after an error.</source>
        <translation>Começa algo para as linhas abaixo e o termina depois delas, também após um erro.</translation>
    </message>
    <message>
        <source>Gives this name to what stands before it.</source>
        <translation>Dá este nome ao que está antes.</translation>
    </message>
    <message>
        <source>Loads a module, once, and gives its name to it here.</source>
        <translation>Carrega um módulo, uma única vez, e lhe dá aqui o seu nome.</translation>
    </message>
    <message>
        <source>Loads a module and takes single names out of it.</source>
        <translation>Carrega um módulo e tira dele nomes avulsos.</translation>
    </message>
    <message>
        <source>Runs the lines below; an error in them goes to the except that fits.</source>
        <translation>Roda as linhas abaixo; um erro nelas vai para o except que servir.</translation>
    </message>
    <message>
        <source>Runs where an error of this kind came from the lines below try.</source>
        <translation>Roda onde um erro deste tipo veio das linhas abaixo de try.</translation>
    </message>
    <message>
        <source>Runs at the end in any case, after an error, too.</source>
        <translation>Roda no fim em todo caso, também após um erro.</translation>
    </message>
    <message>
        <source>Stops here with an error, which an except around it may take.</source>
        <translation>Para aqui com um erro, que um except em volta pode pegar.</translation>
    </message>
    <message>
        <source>Stops with an AssertionError where the condition is not true.</source>
        <translation>Para com um AssertionError onde a condição não é verdadeira.</translation>
    </message>
    <message>
        <source>Does nothing, where Python wants a line.</source>
        <translation>Não faz nada, onde o Python quer uma linha.</translation>
    </message>
    <message>
        <source>Takes a name away. Memory is free once nothing else has what it stood for.</source>
        <translation>Tira um nome. A memória fica livre quando nada mais tiver aquilo que ele designava.</translation>
    </message>
    <message>
        <source>In this function the name is the program's, not one of its own.</source>
        <translation>Nesta função o nome é o do programa, não um próprio dela.</translation>
    </message>
    <message>
        <source>In this function the name is that of the function around it.</source>
        <translation>Nesta função o nome é o da função em volta dela.</translation>
    </message>
    <message>
        <source>Makes a function that can wait while others run.</source>
        <translation>Cria uma função que pode esperar enquanto outras rodam.</translation>
    </message>
    <message>
        <source>Waits here for what follows, while others run.</source>
        <translation>Espera aqui pelo que vem a seguir, enquanto outras rodam.</translation>
    </message>
    <message>
        <source>Compares the value with the patterns below, and runs the lines of the first that fits.</source>
        <translation>Compara o valor com os padrões abaixo e roda as linhas do primeiro que servir.</translation>
    </message>
    <message>
        <source>Runs where the value has this form; a name in it gets the part at its place.</source>
        <translation>Roda onde o valor tem esta forma; um nome nela recebe a parte do seu lugar.</translation>
    </message>
    <message>
        <source>A whole number. torch.tensor makes int64 of it; beside a tensor of numbers it takes that one's dtype.</source>
        <translation>Um número inteiro. torch.tensor faz dele int64; ao lado de um tensor de números, assume o dtype deste.</translation>
    </message>
    <message>
        <source>A number with a fraction, float64 in Python. torch.tensor makes the default dtype of it, float32 as a rule; beside a tensor of floats it takes that one's dtype.</source>
        <translation>Um número com fração, float64 em Python. torch.tensor lhe dá o dtype padrão, em regra float32; ao lado de um tensor de floats, assume o dtype deste.</translation>
    </message>
    <message>
        <source>A complex number. torch.tensor makes complex64 of it, as long as the default dtype is float32.</source>
        <translation>Um número complexo. torch.tensor faz dele complex64, enquanto o dtype padrão for float32.</translation>
    </message>
    <message>
        <source>A text with gaps: what stands in braces is computed, and put in, when the line runs.</source>
        <translation>Um texto com lacunas: o que está entre chaves é calculado e inserido quando a linha roda.</translation>
    </message>
    <message>
        <source>A text of several lines. As the first thing in a function, it is its documentation.</source>
        <translation>Um texto de várias linhas. Como primeira coisa de uma função, é a documentação dela.</translation>
    </message>
    <message>
        <source>Whether the left is smaller: of tensors element by element, a tensor of truth values.</source>
        <translation>Se o da esquerda é menor: de tensores, elemento a elemento, um tensor de valores lógicos.</translation>
    </message>
    <message>
        <source>Whether the left is larger: of tensors element by element, a tensor of truth values.</source>
        <translation>Se o da esquerda é maior: de tensores, elemento a elemento, um tensor de valores lógicos.</translation>
    </message>
    <message>
        <source>Whether the left is smaller or equal: of tensors element by element, a tensor of truth values.</source>
        <translation>Se o da esquerda é menor ou igual: de tensores, elemento a elemento, um tensor de valores lógicos.</translation>
    </message>
    <message>
        <source>Whether the left is larger or equal: of tensors element by element, a tensor of truth values.</source>
        <translation>Se o da esquerda é maior ou igual: de tensores, elemento a elemento, um tensor de valores lógicos.</translation>
    </message>
    <message>
        <source>Gives what stands at the right this name. Nothing is copied: two names may stand for one tensor.</source>
        <translation>Dá este nome ao que está à direita. Nada é copiado: dois nomes podem designar um só tensor.</translation>
    </message>
    <message>
        <source>What the function is said to give back. Python does not look whether it does.</source>
        <translation>O que se diz que a função devolve. O Python não verifica se é assim.</translation>
    </message>
    <message numerus="yes">
        <source>A text of {n} characters.</source>
        <translation>
            <numerusform>Um texto de {n} caractere.</numerusform>
            <numerusform>Um texto de {n} caracteres.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} bytes.</source>
        <translation>
            <numerusform>{n} byte.</numerusform>
            <numerusform>{n} bytes.</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}, line {line}</source>
        <translation>{name}, linha {line}</translation>
    </message>
    <message>
        <source>To be read. Alt+Left leads back to your program.</source>
        <translation>Para ler. Alt+Left volta ao seu programa.</translation>
    </message>
    <message>
        <source>Open in its place</source>
        <translation>Abrir no lugar dele</translation>
    </message>
    <message>
        <source>The pasted text is the file of a notebook.</source>
        <translation>O texto colado é o arquivo de um notebook.</translation>
    </message>
    <message>
        <source>Take its cells</source>
        <translation>Pegar as células</translation>
    </message>
</context>
</TS>
