<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_autograd</name>
    <message id="words.in_line">
        <source> (line {lines})</source>
        <translation> (linha {lines})</translation>
    </message>
    <message id="grad.of_a_parameter">
        <source>1 of {n_all} parameters of {name} has no gradient.</source>
        <translation>1 de {n_all} parâmetros de {name} não tem gradiente.</translation>
    </message>
    <message id="pass.already_runs">
        <source>A backward pass is already running; finish or stop it first.</source>
        <translation>Uma passagem de backward já está em andamento; termine-a ou pare-a antes.</translation>
    </message>
    <message id="jacobian.not_finite">
        <source>A cell is not finite in one of them and is in the other.</source>
        <translation>Uma célula não é finita em um deles e é no outro.</translation>
    </message>
    <message id="prediction.no_cell">
        <source>A gradient of the shape {shape} has no cell [{cell}].</source>
        <translation>Um gradiente de forma {shape} não tem a célula [{cell}].</translation>
    </message>
    <message id="experiment.not_kept">
        <source>A gradient that waits at a node was not kept by itself: step the pass from its start (Ctrl+Shift+Enter).</source>
        <translation>Um gradiente que espera num nó não foi guardado em separado: percorra a passagem passo a passo desde o início (Ctrl+Shift+Enter).</translation>
    </message>
    <message id="differences.hook">
        <source>A hook ({place}) changes the gradient that arrives at {name}: it is not the derivative any more.</source>
        <translation>Um hook ({place}) muda o gradiente que chega a {name}: ele já não é a derivada.</translation>
    </message>
    <message id="rule.was_hooked">
        <source>A hook of the program changed what was sent on here.</source>
        <translation>Um hook do programa mudou o que foi enviado adiante aqui.</translation>
    </message>
    <message id="differences.numbers_held">
        <source>A number is taken out of a tensor ({lines}): what follows from that, as a branch, stayed what it was.</source>
        <translation>Um número é tirado de um tensor ({lines}): o que decorre disso, como um desvio, ficou como estava.</translation>
    </message>
    <message id="experiment.inside_func">
        <source>A pass inside of torch.func works on tensors that stand for many: it is not tried.</source>
        <translation>Uma passagem dentro de torch.func trabalha com tensores que valem por muitos: ela não é experimentada.</translation>
    </message>
    <message id="jacobian.permutation">
        <source>A permutation: the numbers only change places.</source>
        <translation>Uma permutação: os números só trocam de lugar.</translation>
    </message>
    <message id="experiment.reentrant">
        <source>A reentrant checkpoint runs a backward of its own inside, which writes .grads: with use_reentrant=False it can be tried.</source>
        <translation>Um checkpoint reentrante faz um backward próprio por dentro, que escreve em .grads: com use_reentrant=False dá para experimentar.</translation>
    </message>
    <message id="jacobian.selection">
        <source>A selection: each cell of the result is one of the operand's; those that were not taken get 0.</source>
        <translation>Uma seleção: cada célula do resultado é uma do operando; as que não foram escolhidas recebem 0.</translation>
    </message>
    <message id="cure.few">
        <source>A spread of one number is 0 / 0: give correction=0, or more than one element.</source>
        <translation>A dispersão de um só número é 0 / 0: dê correction=0, ou mais de um elemento.</translation>
    </message>
    <message id="cure.singular">
        <source>Add a little to the diagonal, as in A + 1e-6 * torch.eye(n); where the rank is meant to be lower, use torch.linalg.pinv or lstsq.</source>
        <translation>Some um pouco à diagonal, como em A + 1e-6 * torch.eye(n); onde o posto deve mesmo ser menor, use torch.linalg.pinv ou lstsq.</translation>
    </message>
    <message id="cure.log_of_zero">
        <source>Add a small number first, as in torch.log(x + 1e-8), or use F.log_softmax or F.logsigmoid instead.</source>
        <translation>Some antes um número pequeno, como em torch.log(x + 1e-8), ou use F.log_softmax ou F.logsigmoid no lugar.</translation>
    </message>
    <message id="differences.time_up">
        <source>After {seconds} s no further cell was compared.</source>
        <translation>Depois de {seconds} s nenhuma outra célula foi comparada.</translation>
    </message>
    <message id="jacobian.zero">
        <source>All zero: nothing of what arrives is sent on.</source>
        <translation>Tudo zero: nada do que chega é enviado adiante.</translation>
    </message>
    <message id="experiment.value_kept">
        <source>Another value of a leaf is not kept: write it in the program, and run it.</source>
        <translation>Outro valor de uma folha não é mantido: escreva-o no programa e execute.</translation>
    </message>
    <message id="health.cancels">
        <source>At {place} {n} gradients cancel: their norms are {norms}, that of their sum is {total}.</source>
        <translation>Em {place}, {n} gradientes se cancelam: as normas deles são {norms}, a da soma é {total}.</translation>
    </message>
    <message id="differences.cut">
        <source>Autograd was cut off at {lines}, where the program goes on without a graph (detach, .data, no_grad). The loss depends on this that way, too; along the ways that autograd follows both agree.</source>
        <translation>O autograd foi cortado em {lines}, onde o programa segue sem grafo (detach, .data, no_grad). A perda depende disto também por esse caminho; pelos caminhos que o autograd segue, os dois coincidem.</translation>
    </message>
    <message id="jacobian.same">
        <source>Both agree to the last bit.</source>
        <translation>Os dois coincidem até o último bit.</translation>
    </message>
    <message id="jacobian.same_not_finite">
        <source>Both agree, and are not finite.</source>
        <translation>Os dois coincidem, e não são finitos.</translation>
    </message>
    <message id="cure.root">
        <source>Clamp it first, as in torch.sqrt(x.clamp(min=0) + 1e-8).</source>
        <translation>Limite antes, como em torch.sqrt(x.clamp(min=0) + 1e-8).</translation>
    </message>
    <message id="cure.domain">
        <source>Clamp the argument to where the function is defined, with a margin of 1e-6.</source>
        <translation>Limite o argumento a onde a função é definida, com uma margem de 1e-6.</translation>
    </message>
    <message id="cure.power">
        <source>Clamp the base to positive numbers first, as in x.clamp(min=1e-8) ** p.</source>
        <translation>Limite a base a números positivos antes, como em x.clamp(min=1e-8) ** p.</translation>
    </message>
    <message id="cure.gradient">
        <source>Clip with torch.nn.utils.clip_grad_norm_ and look at the passes before, where the norms grew.</source>
        <translation>Limite com torch.nn.utils.clip_grad_norm_ e olhe as passagens anteriores, onde as normas cresceram.</translation>
    </message>
    <message id="differences.own_left_out">
        <source>Compared is what arrives here: all that lies between this and the loss. What the backward of {name} makes of it is not: check what it was given, {operands}.</source>
        <translation>Comparado foi o que chega aqui: tudo o que está entre isto e a perda. O que o backward de {name} faz disso, não: verifique o que recebeu, {operands}.</translation>
    </message>
    <message id="jacobian.copies">
        <source>Copies: what arrives at all copies of a cell is added up.</source>
        <translation>Cópias: o que chega a todas as cópias de uma célula é somado.</translation>
    </message>
    <message id="jacobian.diagonal">
        <source>Diagonal: each cell of the result depends on its own cell of the operand alone, so the product is taken cell by cell.</source>
        <translation>Diagonal: cada célula do resultado depende só da sua própria célula do operando, então o produto é feito célula a célula.</translation>
    </message>
    <message id="jacobian.constant">
        <source>Every entry is {value}.</source>
        <translation>Toda entrada é {value}.</translation>
    </message>
    <message id="health.cure_not_finite">
        <source>F7 goes to the operation that made the first one, and says why and what is usually done.</source>
        <translation>F7 vai à operação que fez o primeiro, e diz por que e o que se costuma fazer.</translation>
    </message>
    <message id="prediction.one_number">
        <source>For one cell one number is needed; this has the shape {shape}.</source>
        <translation>Para uma célula é preciso um número; isto tem a forma {shape}.</translation>
    </message>
    <message id="experiment.hooks_again">
        <source>Hooks of the program ran again{where}: what they print or change is there once more.</source>
        <translation>Hooks do programa foram executados de novo{where}: o que imprimem ou mudam está lá mais uma vez.</translation>
    </message>
    <message id="cure.infinities">
        <source>Infinities cancel to NaN: mask with a large finite number instead of them.</source>
        <translation>Infinitos se cancelam e dão NaN: mascare com um número finito grande em vez deles.</translation>
    </message>
    <message id="operation.random">
        <source>It draws random numbers, and would draw others.</source>
        <translation>Ela sorteia números, e sortearia outros.</translation>
    </message>
    <message id="operation.large">
        <source>It is too large to be followed cell by cell.</source>
        <translation>Ela é grande demais para ser seguida célula a célula.</translation>
    </message>
    <message id="missing.transposed">
        <source>It is transposed.</source>
        <translation>Está transposto.</translation>
    </message>
    <message id="grad.require_it">
        <source>It takes part as a constant: {name}.requires_grad_() before it is computed with lets it get one.</source>
        <translation>Ele entra como constante: {name}.requires_grad_() antes de calcular com ele faz com que receba um.</translation>
    </message>
    <message id="operation.only_shape">
        <source>It takes the shape of its operand, and none of its numbers.</source>
        <translation>Ela usa a forma do operando, e nenhum dos seus números.</translation>
    </message>
    <message id="operation.arguments">
        <source>Its arguments were not kept.</source>
        <translation>Os argumentos dela não foram guardados.</translation>
    </message>
    <message id="differences.shared_cells">
        <source>Its cells share memory, as those of an expanded tensor do: none can be changed alone.</source>
        <translation>Suas células compartilham memória, como as de um tensor expandido: nenhuma pode ser mudada sozinha.</translation>
    </message>
    <message id="operation.no_way">
        <source>Its numbers tell where others lie; none goes into another.</source>
        <translation>Os números dela dizem onde outros estão; nenhum entra em outro.</translation>
    </message>
    <message id="experiment.no_cell">
        <source>Its shape is {shape}, which has no cell {cell}.</source>
        <translation>A forma é {shape}, que não tem a célula {cell}.</translation>
    </message>
    <message id="cure.pole">
        <source>Keep the argument above 0, as with x.clamp(min=1e-6), or F.softplus(x) + 1e-6.</source>
        <translation>Mantenha o argumento acima de 0, como com x.clamp(min=1e-6), ou F.softplus(x) + 1e-6.</translation>
    </message>
    <message id="cure.edge">
        <source>Keep the argument off the edge: x.clamp(-1 + 1e-6, 1 - 1e-6). Clamping to the edge itself leaves values there.</source>
        <translation>Mantenha o argumento longe da borda: x.clamp(-1 + 1e-6, 1 - 1e-6). Limitar à própria borda deixa valores nela.</translation>
    </message>
    <message id="cure.division">
        <source>Keep the denominator away from 0: x / (y + 1e-8), or y.clamp(min=1e-8) where it is positive.</source>
        <translation>Mantenha o denominador longe de 0: x / (y + 1e-8), ou y.clamp(min=1e-8) onde ele é positivo.</translation>
    </message>
    <message id="cure.undefined">
        <source>Keep the operands away from such a point: clamp them, or add a small number, before.</source>
        <translation>Mantenha os operandos longe de um ponto assim: limite-os, ou some um número pequeno, antes.</translation>
    </message>
    <message id="cure.ignored">
        <source>Leave a batch out whose targets are all ignored, or use reduction='sum'.</source>
        <translation>Deixe de fora um lote cujos alvos são todos ignorados, ou use reduction='sum'.</translation>
    </message>
    <message id="cure.masked_row">
        <source>Leave each row at least one position that is not masked, or mask with a large finite number, as torch.finfo(x.dtype).min.</source>
        <translation>Deixe em cada linha ao menos uma posição sem máscara, ou mascare com um número finito grande, como torch.finfo(x.dtype).min.</translation>
    </message>
    <message id="cure.normaliser">
        <source>Leave its eps above 0, as it is by default.</source>
        <translation>Deixe o eps dela acima de 0, como é por padrão.</translation>
    </message>
    <message id="cure.masked_target">
        <source>Leave the right answer out of the mask, or ignore such rows: ignore_index.</source>
        <translation>Deixe a resposta certa fora da máscara, ou ignore essas linhas: ignore_index.</translation>
    </message>
    <message id="cure.data">
        <source>Look where the data comes from: torch.isnan(x).any(); fill or leave out what is missing.</source>
        <translation>Veja de onde vêm os dados: torch.isnan(x).any(); preencha ou deixe de fora o que falta.</translation>
    </message>
    <message id="cure.infinite_angle">
        <source>Make infinite arguments finite before, also where torch.where does not take the result: its gradient is NaN then.</source>
        <translation>Torne finitos os argumentos infinitos antes, também onde torch.where não usa o resultado: ali o gradiente é NaN.</translation>
    </message>
    <message id="cure.ctc">
        <source>Make the input longer than its target, by one more for each label that follows an equal one, or give zero_infinity=True.</source>
        <translation>Torne a entrada mais longa que o alvo, com um a mais para cada rótulo que segue um igual, ou dê zero_infinity=True.</translation>
    </message>
    <message id="cure.rate">
        <source>Make the learning rate smaller, or clip with torch.nn.utils.clip_grad_norm_; look at the passes before, where the numbers grew.</source>
        <translation>Diminua a taxa de aprendizado, ou limite os gradientes com torch.nn.utils.clip_grad_norm_; olhe as passagens anteriores, onde os números cresceram.</translation>
    </message>
    <message id="words.nan_or_inf">
        <source>NaN or Inf</source>
        <translation>NaN ou Inf</translation>
    </message>
    <message id="gradient.no_backward">
        <source>No backward has run through this graph: let the program call backward(), or step it with F9.</source>
        <translation>Nenhum backward percorreu este grafo: faça o programa chamar backward(), ou percorra-o com F9.</translation>
    </message>
    <message id="pass.none_held">
        <source>No backward pass is held: start one with Step through or from an output.</source>
        <translation>Nenhuma passagem está retida: comece uma com Passo a passo ou a partir de uma saída.</translation>
    </message>
    <message id="pass.none_held_here">
        <source>No backward pass is held: this needs one.</source>
        <translation>Nenhuma passagem está retida: isto precisa de uma.</translation>
    </message>
    <message id="experiment.none_arrives">
        <source>No gradient arrives here in the rest of the pass.</source>
        <translation>Nenhum gradiente chega aqui no resto da passagem.</translation>
    </message>
    <message id="gradient.behind_cut">
        <source>No gradient comes here: this lies behind a cut.</source>
        <translation>Nenhum gradiente chega aqui: isto está atrás de um corte.</translation>
    </message>
    <message id="differences.no_gradient">
        <source>No gradient has arrived here to compare with.</source>
        <translation>Nenhum gradiente chegou aqui com que se possa comparar.</translation>
    </message>
    <message id="rule.nothing_arrived">
        <source>No gradient has arrived here: there are no numbers yet.</source>
        <translation>Nenhum gradiente chegou aqui: ainda não há números.</translation>
    </message>
    <message id="again.leaf_not_used">
        <source>No operation that was seen again takes this leaf.</source>
        <translation>Nenhuma operação vista na nova execução usa esta folha.</translation>
    </message>
    <message id="differences.not_used">
        <source>No operation that was seen again takes this value.</source>
        <translation>Nenhuma operação vista na nova execução usa este valor.</translation>
    </message>
    <message id="graph.required_too_late">
        <source>No tensor that {name} depends on required a gradient when it was computed at line {line}; {expression} at line {late_line} came after that.</source>
        <translation>Nenhum tensor de que {name} depende requeria gradiente quando ele foi calculado na linha {line}; {expression} na linha {late_line} veio depois.</translation>
    </message>
    <message id="graph.frozen">
        <source>No tensor that {name} depends on requires a gradient, and {expression} at line {line} was the last to switch one off; what is to be trained has to keep requires_grad=True.</source>
        <translation>Nenhum tensor de que {name} depende requer gradiente, e {expression} na linha {line} foi a última a desligar um; o que deve ser treinado tem de manter requires_grad=True.</translation>
    </message>
    <message id="graph.of_numbers">
        <source>No tensor that {name} depends on requires a gradient. {expression} at line {taken_line} had taken numbers out of a graph, and numbers carry none: compute with the tensor itself.</source>
        <translation>Nenhum tensor de que {name} depende requer gradiente. {expression} na linha {taken_line} tinha tirado números de um grafo, e números não levam grafo: calcule com o próprio tensor.</translation>
    </message>
    <message id="graph.nothing_required">
        <source>No tensor that {name} depends on requires a gradient: make one with requires_grad=True before computing with it.</source>
        <translation>Nenhum tensor de que {name} depende requer gradiente: faça um com requires_grad=True antes de calcular com ele.</translation>
    </message>
    <message id="experiment.nothing_here">
        <source>Nothing of this experiment arrives here.</source>
        <translation>Nada deste experimento chega aqui.</translation>
    </message>
    <message id="notice.taken_written_by_others">
        <source>Numbers that {expression} (line {line}) took changed before {origin} (line {origin_line}) without an operation of PyTorch, as when NumPy fills a buffer anew that a tensor shares. Autograd does not notice: it computed the gradient with the new numbers. Give each tensor memory of its own, by .clone().</source>
        <translation>Números que {expression} (linha {line}) recebeu mudaram antes de {origin} (linha {origin_line}) sem uma operação do PyTorch, como quando o NumPy preenche de novo um buffer que um tensor compartilha. O autograd não percebe: calculou o gradiente com os novos números. Dê a cada tensor memória própria, com .clone().</translation>
    </message>
    <message id="experiment.over_budget">
        <source>Of a gradient this large an experiment keeps the norm and a thumbnail.</source>
        <translation>De um gradiente deste tamanho, um experimento guarda a norma e uma miniatura.</translation>
    </message>
    <message id="pass.not_kept">
        <source>Of pass {index} nothing but its mark was kept.</source>
        <translation>Da passagem {index} nada foi guardado além da sua marca.</translation>
    </message>
    <message id="rule.numbers_alone">
        <source>Of this node the steps between are not worked out here.</source>
        <translation>Os passos intermediários deste nó não são calculados aqui.</translation>
    </message>
    <message id="pass.values_gone">
        <source>Of this pass only its order and norms are kept.</source>
        <translation>Desta passagem só estão guardadas a ordem e as normas.</translation>
    </message>
    <message id="jacobian.number">
        <source>One number: the slope.</source>
        <translation>Um número: a inclinação.</translation>
    </message>
    <message id="jacobian.one_row">
        <source>One row: the result is one number, and this is its gradient.</source>
        <translation>Uma linha: o resultado é um número, e este é o gradiente dele.</translation>
    </message>
    <message id="pass.not_owned">
        <source>Only the pass of an output that you stepped yourself can be reset.</source>
        <translation>Só a passagem de uma saída que você mesmo percorreu passo a passo pode ser reiniciada.</translation>
    </message>
    <message id="pass.has_begun">
        <source>Pass {index} has begun already.</source>
        <translation>A passagem {index} já começou.</translation>
    </message>
    <message id="operation.no_derivative">
        <source>PyTorch has no derivative of it that tells which cells go where.</source>
        <translation>O PyTorch não tem derivada dela que diga quais células vão para onde.</translation>
    </message>
    <message id="rule.disagrees">
        <source>PyTorch sent on another gradient than this formula gives. The number is PyTorch's.</source>
        <translation>O PyTorch enviou adiante um gradiente diferente do que esta fórmula dá. O número é o do PyTorch.</translation>
    </message>
    <message id="differences.random_held">
        <source>Random numbers, as those of a dropout, were those of the program.</source>
        <translation>Os números aleatórios, como os de um dropout, foram os do programa.</translation>
    </message>
    <message id="cure.range">
        <source>Scale the operands down first, or compute with their logarithms; keep them away from a point like that.</source>
        <translation>Reduza a escala dos operandos antes, ou calcule com os logaritmos deles; mantenha-os longe de um ponto assim.</translation>
    </message>
    <message id="cure.empty">
        <source>See that something is left to average, as with mask.sum().clamp(min=1).</source>
        <translation>Garanta que reste algo para a média, como com mask.sum().clamp(min=1).</translation>
    </message>
    <message id="cure.exp">
        <source>Subtract the maximum before, or use torch.logsumexp, F.softmax or F.log_softmax, which do that.</source>
        <translation>Subtraia o máximo antes, ou use torch.logsumexp, F.softmax ou F.log_softmax, que fazem isso.</translation>
    </message>
    <message id="jacobian.sums">
        <source>Sums: each summand gets what arrives at its sum, as it is.</source>
        <translation>Somas: cada parcela recebe o que chega à sua soma, como está.</translation>
    </message>
    <message id="experiment.custom_again">
        <source>The backward of {names} ran again: what it changes outside of its gradients is changed once more.</source>
        <translation>O backward de {names} foi executado de novo: o que ele muda além dos seus gradientes mudou mais uma vez.</translation>
    </message>
    <message id="again.ended">
        <source>The copy that ran the program again ended without an answer.</source>
        <translation>A cópia que executou o programa de novo terminou sem resposta.</translation>
    </message>
    <message id="differences.drawn_again">
        <source>The forward pass is random, or depends on something outside: run again from the same random state, it gives other numbers, first at {name}.</source>
        <translation>O forward é aleatório, ou depende de algo de fora: executado de novo a partir do mesmo estado aleatório, dá outros números, primeiro em {name}.</translation>
    </message>
    <message id="gradient.no_derivative">
        <source>The function returns this without a derivative: it is marked as non-differentiable, or was returned as it came in.</source>
        <translation>A função devolve isto sem derivada: está marcado como não diferenciável, ou foi devolvido como entrou.</translation>
    </message>
    <message id="health.falls_at">
        <source>The gradient falls by {factor} between {late} and {early}, from {high} to {low}: at {kind}, {place}.</source>
        <translation>O gradiente cai {factor} vezes entre {late} e {early}, de {high} a {low}: em {kind}, {place}.</translation>
    </message>
    <message id="health.falls">
        <source>The gradient falls by {factor} on its way back through {n} layers, from {high} at {late} to {low} at {early}, most of it at {kind}: steepest at {place}, by {by}.</source>
        <translation>O gradiente cai {factor} vezes no caminho de volta por {n} camadas, de {high} a {low} ({late} → {early}), a maior parte em {kind}; a maior queda: {place}, {by} vezes.</translation>
    </message>
    <message id="health.falls_in_time">
        <source>The gradient falls by {factor}, from {high} to {low}, on its way back through {n} uses of the same parameters before {late}: what came in early counts for next to nothing.</source>
        <translation>O gradiente cai {factor} vezes, de {high} a {low}, no caminho de volta por {n} usos dos mesmos parâmetros antes de {late}: o que entrou cedo conta quase nada.</translation>
    </message>
    <message id="health.grows">
        <source>The gradient grows by {factor} on its way back through {n} layers, from {low} at {late} to {high} at {early}, most of it at {kind}: steepest at {place}.</source>
        <translation>O gradiente cresce {factor} vezes no caminho de volta por {n} camadas, de {low} a {high} ({late} → {early}), a maior parte em {kind}; o maior salto: {place}.</translation>
    </message>
    <message id="root.gradient_is_ragged">
        <source>The gradient has a ragged shape, but {name} has shape {shape}.</source>
        <translation>O gradiente tem uma forma irregular, mas {name} tem forma {shape}.</translation>
    </message>
    <message id="root.is_ragged">
        <source>The gradient has shape {given}, but {name} has a ragged shape.</source>
        <translation>O gradiente tem forma {given}, mas {name} tem uma forma irregular.</translation>
    </message>
    <message id="root.gradient_shape">
        <source>The gradient has shape {given}, but {name} has shape {shape}.</source>
        <translation>O gradiente tem forma {given}, mas {name} tem forma {shape}.</translation>
    </message>
    <message id="health.stops">
        <source>The gradient is 0 everywhere behind {place}: {n} of {n_all} parameters get nothing but zeros.</source>
        <translation>O gradiente é 0 em tudo o que está atrás de {place}: {n} de {n_all} parâmetros recebem só zeros.</translation>
    </message>
    <message id="health.not_finite">
        <source>The gradient is NaN or infinite from {place} on, at {n} of {n_all} nodes.</source>
        <translation>O gradiente é NaN ou infinito a partir de {place}, em {n} de {n_all} nós.</translation>
    </message>
    <message id="cure.values">
        <source>The gradient is as its values are: look for the first of them that is not finite.</source>
        <translation>O gradiente é como são os valores: procure o primeiro deles que não é finito.</translation>
    </message>
    <message id="experiment.no_part">
        <source>The held pass does not go through this node.</source>
        <translation>A passagem retida não passa por este nó.</translation>
    </message>
    <message id="notice.changed_by_hook">
        <source>The hook {hook} changed the gradient that arrived: its norm was {before} and became {after}.</source>
        <translation>O hook {hook} mudou o gradiente que chegou: a norma era {before} e passou a {after}.</translation>
    </message>
    <message id="notice.changed_after">
        <source>The hook {hook} changed the gradient that {node} sends on: its norm was {before} and became {after}.</source>
        <translation>O hook {hook} mudou o gradiente que {node} envia adiante: a norma era {before} e passou a {after}.</translation>
    </message>
    <message id="jacobian.identity">
        <source>The identity: what arrives is sent on as it is.</source>
        <translation>A identidade: o que chega é enviado adiante como está.</translation>
    </message>
    <message id="health.cure_cancels">
        <source>The inspector's ledger of this node shows each part. Usual cure: the right sign or weight of each term of the loss, or one of the branches detached; at a minimum it is as it should be.</source>
        <translation>O extrato deste nó no inspetor mostra cada parte. Remédio usual: o sinal ou o peso certo de cada termo da perda, ou um dos ramos separado com detach; num mínimo, é assim que deve ser.</translation>
    </message>
    <message id="jacobian.ulp">
        <source>The largest difference is {count} ulp, the last place of a cell.</source>
        <translation>A maior diferença é de {count} ulp, a última casa de uma célula.</translation>
    </message>
    <message id="jacobian.relative">
        <source>The largest difference is {difference}, {share} of the largest cell.</source>
        <translation>A maior diferença é {difference}, {share} da maior célula.</translation>
    </message>
    <message id="notice.likelihood_falls">
        <source>The loss of line {line} is made of {expression}, logarithms of probabilities, without a minus before them: it fell from {first} to {last}, which makes what is right ever less probable. Put a minus before it, or use F.cross_entropy of the scores.</source>
        <translation>A perda da linha {line} é feita de {expression}, logaritmos de probabilidades, sem um menos na frente: ela caiu de {first} para {last}, o que torna o que está certo cada vez menos provável. Ponha um menos na frente, ou use F.cross_entropy dos scores.</translation>
    </message>
    <message id="missing.shape">
        <source>The numbers are right, and lie in another shape.</source>
        <translation>Os números estão certos, mas em outra forma.</translation>
    </message>
    <message id="notice.written_by_others">
        <source>The numbers of {name} changed after {expression} (line {line}) and before {origin} (line {origin_line}) without an operation of PyTorch, as when NumPy writes into memory that both share. Autograd does not notice: it computed the gradient with the new numbers. Give it memory of its own: {name}.clone().</source>
        <translation>Os números de {name} mudaram depois de {expression} (linha {line}) e antes de {origin} (linha {origin_line}) sem uma operação do PyTorch, como quando o NumPy escreve na memória que os dois compartilham. O autograd não percebe: calculou o gradiente com os novos números. Dê-lhe memória própria: {name}.clone().</translation>
    </message>
    <message id="again.root">
        <source>The pass begins at something other than a dense tensor, and is not replayed.</source>
        <translation>A passagem começa em algo que não é um tensor denso, e não é refeita.</translation>
    </message>
    <message id="gradient.none_arrived">
        <source>The pass brought nothing to this output: nothing was computed from it.</source>
        <translation>A passagem não trouxe nada a esta saída: nada foi calculado a partir dela.</translation>
    </message>
    <message id="pass.cannot_start">
        <source>The pass cannot start: {reason}</source>
        <translation>A passagem não pode começar: {reason}</translation>
    </message>
    <message id="pass.goes_on">
        <source>The pass has gone on meanwhile.</source>
        <translation>A passagem seguiu adiante nesse meio-tempo.</translation>
    </message>
    <message id="again.failed">
        <source>The program failed when it ran again, alone, at line {line}: {reason}</source>
        <translation>O programa falhou quando foi executado de novo, sozinho, na linha {line}: {reason}</translation>
    </message>
    <message id="again.other_graph">
        <source>The program made another graph when it ran again, {now} where it had {had}: it depends on something outside of it, or on being watched.</source>
        <translation>O programa fez outro grafo quando foi executado de novo, {now} onde antes havia {had}: ele depende de algo de fora, ou de ser observado.</translation>
    </message>
    <message id="again.other_way">
        <source>The program took another way when it ran again: it did not come here.</source>
        <translation>O programa seguiu outro caminho quando foi executado de novo: não chegou até aqui.</translation>
    </message>
    <message id="again.side_effect">
        <source>The program {effect} (line {line}), and running it again would do that a second time.</source>
        <translation>O programa {effect} (linha {line}), e executá-lo de novo faria isso uma segunda vez.</translation>
    </message>
    <message id="missing.sign">
        <source>The sign is the other way round.</source>
        <translation>O sinal está trocado.</translation>
    </message>
    <message id="cure.equal_eigenvalues">
        <source>The values alone have a gradient there (torch.linalg.eigvalsh, svdvals); the vectors have one once no two values are equal, as with torch.diag(1e-6 * torch.arange(n)) added.</source>
        <translation>Só os valores têm gradiente ali (torch.linalg.eigvalsh, svdvals); os vetores passam a ter quando não há dois valores iguais, como depois de somar torch.diag(1e-6 * torch.arange(n)).</translation>
    </message>
    <message id="again.too_large">
        <source>The values between the operations of this forward pass take more than {limit} GiB.</source>
        <translation>Os valores entre as operações deste forward ocupam mais de {limit} GiB.</translation>
    </message>
    <message id="pass.nothing_to_keep">
        <source>There are no gradients to keep: step an output to its end first.</source>
        <translation>Não há gradientes a manter: percorra antes uma saída até o fim.</translation>
    </message>
    <message id="differences.own_backward">
        <source>They part at {name}, a Function of the program: what arrives there agrees, what it sends on does not. Its backward is not the derivative of its forward.</source>
        <translation>Eles se separam em {name}, uma Function do programa: o que chega ali coincide, o que ela envia adiante não. O backward dela não é a derivada do forward dela.</translation>
    </message>
    <message id="differences.part">
        <source>They part at {name}: what arrives there agrees, what comes from it to {to} does not.</source>
        <translation>Eles se separam em {name}: o que chega ali coincide, o que vai dali para {to} não.</translation>
    </message>
    <message id="experiment.gone">
        <source>This experiment is gone: another pass was changed since.</source>
        <translation>Este experimento já não existe: outra passagem foi mudada desde então.</translation>
    </message>
    <message id="missing.other_operand">
        <source>This is the gradient of {name}.</source>
        <translation>Este é o gradiente de {name}.</translation>
    </message>
    <message id="rule.not_run">
        <source>This node has not run: what leaves it is known after its step.</source>
        <translation>Este nó ainda não foi executado: o que sai dele será conhecido depois do seu passo.</translation>
    </message>
    <message id="experiment.has_run">
        <source>This node has run already: its gradient can be changed until it runs.</source>
        <translation>Este nó já foi executado: o gradiente dele pode ser mudado até ele ser executado.</translation>
    </message>
    <message id="experiment.too_late">
        <source>This node has run already: the pass has gone on without it.</source>
        <translation>Este nó já foi executado: a passagem seguiu sem ele.</translation>
    </message>
    <message id="rule.not_wanted">
        <source>This pass was not asked for the gradient of this operand.</source>
        <translation>A esta passagem não foi pedido o gradiente deste operando.</translation>
    </message>
    <message id="health.one_pass">
        <source>Units were counted over this pass alone: of earlier ones the values are not kept.</source>
        <translation>As unidades foram contadas só nesta passagem: das anteriores os valores não estão guardados.</translation>
    </message>
    <message id="health.passes_kept">
        <source>Units were counted over this pass and {passes} before it.</source>
        <translation>As unidades foram contadas nesta passagem e em mais {passes} antes dela.</translation>
    </message>
    <message id="cure.half_overflow">
        <source>Use bfloat16, which has the range of float32, or scale before: divide by sqrt(d), use torch.amp.GradScaler.</source>
        <translation>Use bfloat16, que tem a faixa do float32, ou mude a escala antes: divida por sqrt(d), use torch.amp.GradScaler.</translation>
    </message>
    <message id="health.cure_squashing">
        <source>Usual cure: ReLU or GELU in its place, normalization before it, or a path around each block.</source>
        <translation>Remédio usual: ReLU ou GELU no lugar, normalização antes, ou um atalho em volta de cada bloco.</translation>
    </message>
    <message id="health.cure_saturated">
        <source>Usual cure: a smaller input (weights by fan-in, nn.init.xavier_uniform_), normalization before it, or a lower rate.</source>
        <translation>Remédio usual: uma entrada menor (pesos pelo fan-in, nn.init.xavier_uniform_), normalização antes, ou uma taxa menor.</translation>
    </message>
    <message id="health.cure_dead">
        <source>Usual cure: biases that start at 0, a lower rate, normalization before it, or F.leaky_relu, which lets a little through.</source>
        <translation>Remédio usual: vieses que começam em 0, uma taxa menor, normalização antes, ou F.leaky_relu, que deixa passar um pouco.</translation>
    </message>
    <message id="health.cure_rise_in_time">
        <source>Usual cure: clip it (torch.nn.utils.clip_grad_norm_), and let the recurrent weights start orthogonal, nn.init.orthogonal_.</source>
        <translation>Remédio usual: limite-o (torch.nn.utils.clip_grad_norm_), e deixe os pesos recorrentes começarem ortogonais, nn.init.orthogonal_.</translation>
    </message>
    <message id="health.cure_saturated_rows">
        <source>Usual cure: scores that are divided by the root of their width, a higher temperature, or normalized queries and keys.</source>
        <translation>Remédio usual: scores divididos pela raiz da largura deles, uma temperatura maior, ou queries e keys normalizadas.</translation>
    </message>
    <message id="health.cure_fall">
        <source>Usual cure: weights that start by their fan-in (nn.init.kaiming_normal_), normalization, or a path around each block.</source>
        <translation>Remédio usual: pesos que começam conforme o seu fan-in (nn.init.kaiming_normal_), normalização, ou um atalho em volta de cada bloco.</translation>
    </message>
    <message id="health.cure_rise">
        <source>Usual cure: weights that start smaller, by their fan-in (nn.init.kaiming_normal_), normalization, a lower rate, or clip it (torch.nn.utils.clip_grad_norm_).</source>
        <translation>Remédio usual: pesos que começam menores, conforme o seu fan-in (nn.init.kaiming_normal_), normalização, uma taxa menor, ou limite-o (torch.nn.utils.clip_grad_norm_).</translation>
    </message>
    <message id="health.cure_in_time">
        <source>Usual, unless the task needs what is far back: then a loss at each step, an LSTM or GRU, orthogonal recurrent weights or attention.</source>
        <translation>É comum, a não ser que a tarefa precise do que está longe no passado: então uma perda a cada passo, uma LSTM ou GRU, pesos recorrentes ortogonais ou atenção.</translation>
    </message>
    <message id="gradient.over_budget">
        <source>What arrived here was let go of: it was over the budget.</source>
        <translation>O que chegou aqui foi descartado: passava do limite de memória.</translation>
    </message>
    <message id="gradient.not_kept">
        <source>What arrived here was not kept.</source>
        <translation>O que chegou aqui não foi guardado.</translation>
    </message>
    <message id="experiment.unpacked_again">
        <source>What hooks of the program had packed was unpacked again, as a checkpoint does by running its forward.</source>
        <translation>O que hooks do programa tinham empacotado foi desempacotado de novo, como um checkpoint faz ao executar o seu forward.</translation>
    </message>
    <message id="rule.unfit">
        <source>What is kept does not fit the formula: {reason}.</source>
        <translation>O que está guardado não combina com a fórmula: {reason}.</translation>
    </message>
    <message id="rule.value_not_kept">
        <source>What the node had saved as {name} is not kept any more, so the steps between cannot be shown.</source>
        <translation>O que o nó tinha guardado como {name} já não existe, então os passos intermediários não podem ser mostrados.</translation>
    </message>
    <message id="rule.gradient_not_kept">
        <source>What was sent on here is not kept.</source>
        <translation>O que foi enviado adiante aqui não está guardado.</translation>
    </message>
    <message id="rule.was_summed">
        <source>What was sent on here was summed with the gradients of other nodes, and is too large to be kept by itself in a run at full speed. Step through the program (Ctrl+Shift+Enter) to see it.</source>
        <translation>O que foi enviado adiante aqui foi somado aos gradientes de outros nós, e é grande demais para ser guardado em separado numa execução a toda velocidade. Execute o programa passo a passo (Ctrl+Shift+Enter) para vê-lo.</translation>
    </message>
    <message id="again.other_branch">
        <source>With the new value the program goes another way, to another graph.</source>
        <translation>Com o novo valor o programa segue outro caminho, até outro grafo.</translation>
    </message>
    <message id="experiment.value_failed">
        <source>With this value backward fails: {reason}.</source>
        <translation>Com este valor o backward falha: {reason}.</translation>
    </message>
    <message id="missing.factor">
        <source>You left out the factor {factor}.</source>
        <translation>Você deixou de fora o fator {factor}.</translation>
    </message>
    <message id="missing.arriving">
        <source>You left out the gradient that arrives, grad.</source>
        <translation>Você deixou de fora o gradiente que chega, grad.</translation>
    </message>
    <message id="missing.part">
        <source>You left out the part that comes by the operand's other place.</source>
        <translation>Você deixou de fora a parte que vem pelo outro lugar do operando.</translation>
    </message>
    <message id="missing.sum">
        <source>You left out the sum over the broadcast axis: the operand was used for several cells.</source>
        <translation>Você deixou de fora a soma sobre o eixo do broadcast: o operando foi usado para várias células.</translation>
    </message>
    <message id="missing.quantity">
        <source>You left out {name}.</source>
        <translation>Você deixou de fora {name}.</translation>
    </message>
    <message id="missing.slope">
        <source>You left out {slope}.</source>
        <translation>Você deixou de fora {slope}.</translation>
    </message>
    <message id="words.line_of_library">
        <source>a line of a library</source>
        <translation>uma linha de uma biblioteca</translation>
    </message>
    <message id="words.an_operand">
        <source>an operand</source>
        <translation>um operando</translation>
    </message>
    <message id="effect.asks_input">
        <source>asks for a line of input</source>
        <translation>pede uma linha de entrada</translation>
    </message>
    <message id="experiment.taken_out">
        <source>autograd.grad takes this gradient out itself, no node gets it: it cannot be kept.</source>
        <translation>O próprio autograd.grad retira este gradiente, nenhum nó o recebe: ele não pode ser mantido.</translation>
    </message>
    <message id="effect.changes_files">
        <source>changes files</source>
        <translation>muda arquivos</translation>
    </message>
    <message id="words.counts_as_both">
        <source>counts as both</source>
        <translation>conta como ambos</translation>
    </message>
    <message id="words.gradient_for">
        <source>gradient for {name}</source>
        <translation>gradiente para {name!s}</translation>
    </message>
    <message id="words.layer">
        <source>layer {place} of {n} ({where})</source>
        <translation>camada {place} de {n} ({where})</translation>
    </message>
    <message id="words.lines">
        <source>lines {lines}</source>
        <translation>linhas {lines}</translation>
    </message>
    <message id="words.module">
        <source>module {path}</source>
        <translation>módulo {path!s}</translation>
    </message>
    <message id="words.of_program">
        <source>of the program</source>
        <translation>do programa</translation>
    </message>
    <message id="effect.opens_page">
        <source>opens a page</source>
        <translation>abre uma página</translation>
    </message>
    <message id="words.operand">
        <source>operand {n}</source>
        <translation>operando {n}</translation>
    </message>
    <message id="effect.sends_signals">
        <source>sends signals</source>
        <translation>envia sinais</translation>
    </message>
    <message id="effect.starts_process">
        <source>starts another process</source>
        <translation>inicia outro processo</translation>
    </message>
    <message id="words.teaches_nothing">
        <source>teaches nothing</source>
        <translation>não ensina nada</translation>
    </message>
    <message id="words.factor">
        <source>the factor {factor}</source>
        <translation>o fator {factor}</translation>
    </message>
    <message id="words.slope">
        <source>the slope of the result by the operand</source>
        <translation>a inclinação do resultado em relação ao operando</translation>
    </message>
    <message id="words.there">
        <source>there</source>
        <translation>ali</translation>
    </message>
    <message id="cure.unfilled">
        <source>torch.empty fills nothing in: use torch.zeros, or an initialiser of torch.nn.init.</source>
        <translation>torch.empty não preenche nada: use torch.zeros, ou um inicializador de torch.nn.init.</translation>
    </message>
    <message id="cure.where">
        <source>Keep the argument off that point before, as in torch.sqrt(x + 1e-8). Behind torch.where, which sends a gradient of 0 into the branch that it does not take: f(torch.where(m, x, 1.0)).</source>
        <translation>Mantenha antes o argumento longe desse ponto, como em torch.sqrt(x + 1e-8). Atrás de torch.where, que envia um gradiente 0 para o ramo que não usa: f(torch.where(m, x, 1.0)).</translation>
    </message>
    <message id="effect.uses_network">
        <source>uses the network</source>
        <translation>usa a rede</translation>
    </message>
    <message id="words.where">
        <source>where {values}</source>
        <translation>onde {values}</translation>
    </message>
    <message id="effect.writes_a_file">
        <source>writes a file</source>
        <translation>grava um arquivo</translation>
    </message>
    <message id="effect.writes">
        <source>writes {name}</source>
        <translation>grava {name}</translation>
    </message>
    <message id="notice.not_zeroed">
        <source>zero_grad was not called: {origin} (line {line}) added to what {n} before it had left in the .grad of {names}, although they were updated in between.</source>
        <translation>zero_grad não foi chamado: {origin} (linha {line}) somou ao que restava de {n} antes dele no .grad de {names}, embora eles tenham sido atualizados nesse meio-tempo.</translation>
    </message>
    <message id="words.inside">
        <source>{call}, {operation} inside</source>
        <translation>{call}, {operation} por dentro</translation>
    </message>
    <message id="jacobian.blocks">
        <source>{count} blocks of {rows} × {columns} along the diagonal, zeros around.</source>
        <translation>{count} blocos de {rows} × {columns} na diagonal, zeros em volta.</translation>
    </message>
    <message id="jacobian.equal_blocks">
        <source>{count} equal blocks of {rows} × {columns} along the diagonal, zeros around.</source>
        <translation>{count} blocos iguais de {rows} × {columns} na diagonal, zeros em volta.</translation>
    </message>
    <message id="notice.loaded_itself">
        <source>{expression} (line {line}) brings nothing back: {state} holds the weights of {network} themselves, which each step has changed. Keep copies: {state} = copy.deepcopy({network}.state_dict()).</source>
        <translation>{expression} (linha {line}) não traz nada de volta: {state} guarda os próprios pesos de {network}, que cada passo mudou. Guarde cópias: {state} = copy.deepcopy({network}.state_dict()).</translation>
    </message>
    <message id="notice.drops_in_evaluation">
        <source>{expression} (line {line}) drops in evaluation as well: the function does not know of eval(), and its training is True. Give it training=self.training, or use nn.Dropout.</source>
        <translation>{expression} (linha {line}) descarta também na avaliação: a função não sabe de eval(), e seu training é True. Dê-lhe training=self.training, ou use nn.Dropout.</translation>
    </message>
    <message id="notice.clipped_before_pass">
        <source>{expression} (line {line}) finds no gradient to limit: it runs before {origin} (line {origin_line}) makes them. Call it after that, before the step.</source>
        <translation>{expression} (linha {line}) não encontra gradiente para limitar: executa antes que {origin} (linha {origin_line}) os faça. Chame-o depois disso, antes do passo.</translation>
    </message>
    <message id="notice.clipped_scaled">
        <source>{expression} (line {line}) limits gradients that still have the factor of the GradScaler in them, and not those that the step is made of. Call scaler.unscale_(optimizer) before it.</source>
        <translation>{expression} (linha {line}) limita gradientes que ainda têm o fator do GradScaler, e não aqueles de que o passo é feito. Chame scaler.unscale_(optimizer) antes.</translation>
    </message>
    <message id="notice.clipped_after_step">
        <source>{expression} (line {line}) limits gradients that {name} has stepped by already, so that no step is limited. Call it between backward and {name}.step().</source>
        <translation>{expression} (linha {line}) limita gradientes com os quais {name} já deu seu passo, de modo que nenhum passo é limitado. Chame-o entre backward e {name}.step().</translation>
    </message>
    <message id="notice.thrown_away">
        <source>{expression} (line {line}) makes a new tensor, which nothing uses, and leaves {owner} as it is. Write into it with {method}_().</source>
        <translation>{expression} (linha {line}) cria um tensor novo, que nada usa, e deixa {owner} como está. Escreva nele com {method}_().</translation>
    </message>
    <message id="notice.made_anew">
        <source>{expression} (line {line}) makes new weights in each pass, which no optimizer has and nothing keeps. Make it in __init__, as an attribute of the module.</source>
        <translation>{expression} (linha {line}) cria pesos novos a cada passagem, que nenhum otimizador tem e nada guarda. Crie-o em __init__, como atributo do módulo.</translation>
    </message>
    <message id="notice.backward_not_called">
        <source>{expression} (line {line}) names the pass and does not make it: {step} found no gradient, and {name} has changed nothing. Write {expression}().</source>
        <translation>{expression} (linha {line}) nomeia a passagem e não a faz: {step} não encontrou gradiente, e {name} não mudou nada. Escreva {expression}().</translation>
    </message>
    <message id="zero.saturated">
        <source>{expression} at line {line} is saturated: to the last digit its derivative is 0 wherever a gradient arrives; scale its input down, or compute the loss from the scores themselves, as F.cross_entropy does.</source>
        <translation>{expression} na linha {line} está saturada: até o último dígito a derivada é 0 onde quer que chegue um gradiente; reduza a escala da entrada, ou calcule a perda com os próprios scores, como F.cross_entropy faz.</translation>
    </message>
    <message id="zero.rectified">
        <source>{expression} at line {line} let none of it through: wherever a gradient arrives its input is not above 0; a smaller rate or another start keeps units alive, and F.leaky_relu lets a little through.</source>
        <translation>{expression} na linha {line} não deixou passar nada: onde quer que chegue um gradiente, a entrada não está acima de 0; uma taxa menor ou outro início mantém as unidades vivas, e F.leaky_relu deixa passar um pouco.</translation>
    </message>
    <message id="zero.limited">
        <source>{expression} at line {line} let none of it through: wherever a gradient arrives its input lies outside of the limits; widen them, or scale the input.</source>
        <translation>{expression} na linha {line} não deixou passar nada: onde quer que chegue um gradiente, a entrada está fora dos limites; alargue-os, ou mude a escala da entrada.</translation>
    </message>
    <message id="zero.at_call">
        <source>{expression} at line {line} made zeros of the gradient that arrived there: look at its numbers with the rule of its node.</source>
        <translation>{expression} na linha {line} fez zeros do gradiente que chegou ali: olhe os números com a regra do nó dela.</translation>
    </message>
    <message id="zero.multiplied">
        <source>{expression} at line {line} multiplied it by zeros: what this was multiplied with is 0 wherever a gradient arrives, as a weight that starts at zeros or a mask.</source>
        <translation>{expression} na linha {line} multiplicou por zeros: aquilo por que isto foi multiplicado é 0 onde quer que chegue um gradiente, como um peso que começa em zeros ou uma máscara.</translation>
    </message>
    <message id="zero.axis_of_one">
        <source>{expression} at line {line} normalises along axis {axis}, which has one element: the result is the same whatever comes in, and its derivative is 0. Give it the axis whose elements are to add up to 1.</source>
        <translation>{expression} na linha {line} normaliza ao longo do eixo {axis}, que tem um só elemento: o resultado é o mesmo, seja qual for a entrada, e a derivada é 0. Use o eixo cujos elementos devem somar 1.</translation>
    </message>
    <message id="zero.not_chosen">
        <source>{expression} at line {line} took nothing from here that a gradient comes back to: what arrives there belongs to other elements.</source>
        <translation>{expression} na linha {line} não tomou daqui nada a que volte um gradiente: o que chega ali pertence a outros elementos.</translation>
    </message>
    <message id="notice.compared_in_pairs">
        <source>{expression} compares each of {n} values with all {n}: shapes ({n}, 1) and ({n},) broadcast to ({n}, {n}). Where each has one of its own, give both one shape, e.g. with .squeeze(1) or .unsqueeze(1).</source>
        <translation>{expression} compara cada um de {n} valores com todos os {n}: as formas ({n}, 1) e ({n},) fazem broadcast para ({n}, {n}). Se cada um tem o seu par, dê aos dois a mesma forma, p. ex. com .squeeze(1) ou .unsqueeze(1).</translation>
    </message>
    <message id="notice.compared_with_several">
        <source>{expression} compares {n:,} values with {n_more:,}: shapes {fewer} and {more} broadcast to one, so that each is held against several. Give both one shape, e.g. by a sum over the axis that one has more.</source>
        <translation>{expression} compara {n:,} valores com {n_more:,}: as formas {fewer} e {more} são expandidas para uma só, de modo que cada um é comparado com vários. Dê aos dois a mesma forma, por exemplo com uma soma sobre o eixo a mais.</translation>
    </message>
    <message id="notice.derivative_is_zero">
        <source>{expression} has the derivative 0 everywhere: nothing that it was computed from gets another gradient through it.</source>
        <translation>{expression} tem derivada 0 em toda parte: nada de que ela foi calculada recebe outro gradiente por ela.</translation>
    </message>
    <message id="notice.target_no_distribution">
        <source>{expression} takes a probability of each class, and of {n_all:,} rows those of {n:,} do not add up to 1, as to {total}. Divide each row by its sum; where several classes hold at once, use F.binary_cross_entropy_with_logits.</source>
        <translation>{expression} recebe uma probabilidade de cada classe, e de {n_all:,} linhas as de {n:,} não somam 1, mas por exemplo {total}. Divida cada linha pela sua soma; onde várias classes valem ao mesmo tempo, use F.binary_cross_entropy_with_logits.</translation>
    </message>
    <message id="notice.no_logarithms">
        <source>{expression} takes logarithms of probabilities, which are never above 0, and gets numbers up to {high}; their exponentials add up to {total} in the first row: the loss has no lower end. Use F.cross_entropy of these scores, or F.log_softmax before.</source>
        <translation>{expression} recebe logaritmos de probabilidades, que nunca passam de 0, e recebe números até {high}; suas exponenciais somam {total} na primeira linha: a perda não tem limite inferior. Use F.cross_entropy destes scores, ou F.log_softmax antes.</translation>
    </message>
    <message id="notice.target_no_probability">
        <source>{expression} takes targets from 0 to 1, and gets them from {low} to {high}: the loss has no lower end, and the scores run away. Bring them to 0 … 1, as by (y + 1) / 2 where they are −1 and 1.</source>
        <translation>{expression} recebe alvos de 0 a 1, e os recebe de {low} a {high}: a perda não tem limite inferior, e os scores disparam. Leve-os a 0 … 1, por exemplo com (y + 1) / 2 onde são −1 e 1.</translation>
    </message>
    <message id="notice.target_no_sign">
        <source>{expression} takes targets of 1 and −1: of {n_all:,} there are {n:,} others, as {value}, and what has one {effect}. Of 0 and 1 make them by 2 * y - 1.</source>
        <translation>{expression} recebe alvos 1 e −1: de {n_all:,} há {n:,} outros, como {value}, e o que tem um deles {effect}. A partir de 0 e 1, faça-os com 2 * y - 1.</translation>
    </message>
    <message id="backward.will_fail">
        <source>{expression} will fail: {message}</source>
        <translation>{expression} vai falhar: {message}</translation>
    </message>
    <message id="zero.set_since">
        <source>{name}.grad is 0 everywhere, and what the newest pass brought was not: it has been set to 0 since, as zero_grad(set_to_none=False) does, or what was there before cancelled it.</source>
        <translation>{name}.grad é 0 em toda parte, e o que a passagem mais recente trouxe não era: foi posto em 0 depois, como faz zero_grad(set_to_none=False), ou o que havia antes o cancelou.</translation>
    </message>
    <message id="not_finite.backward">
        <source>{expression}, backward: {why}. {n_bad:,} of {n_elements:,} elements of the {label} are {kind}.</source>
        <translation>{expression}, backward: {why}. {n_bad:,} de {n_elements:,} elementos do {label} são {kind}.</translation>
    </message>
    <message id="backward.changed_result">
        <source>{expression}: backward of {operation} (line {used_line}) needs its own result {name}, which {writer} at line {line} changed in place; compute a new tensor there, or write into {name}.clone().</source>
        <translation>{expression}: o backward de {operation} (linha {used_line}) precisa do próprio resultado {name}, que {writer} na linha {line} mudou in-place; calcule ali um tensor novo, ou escreva em {name}.clone().</translation>
    </message>
    <message id="backward.changed_operand">
        <source>{expression}: backward of {operation} (line {used_line}) needs {name} as it was then, but {writer} at line {line} changed it in place; compute a new tensor there, or write into {name}.clone().</source>
        <translation>{expression}: o backward de {operation} (linha {used_line}) precisa de {name} como era então, mas {writer} na linha {line} o mudou in-place; calcule ali um tensor novo, ou escreva em {name}.clone().</translation>
    </message>
    <message id="backward.changed_by_step">
        <source>{expression}: backward of {used} (line {used_line}) needs {name} as it was then, but {writer} at line {line} has updated it since; call {expression} before {writer}, or compute the forward pass anew after it.</source>
        <translation>{expression}: o backward de {used} (linha {used_line}) precisa de {name} como era então, mas {writer} na linha {line} o atualizou desde então; chame {expression} antes de {writer}, ou refaça o forward depois dele.</translation>
    </message>
    <message id="notice.without_chain">
        <source>{expression}: its backward (line {line}) does not use {names}, the gradient that arrives and is not 1 here. By the chain rule it returns the product of that and the derivative; Ctrl+F7 checks it.</source>
        <translation>{expression}: seu backward (linha {line}) não usa {names}, o gradiente que chega e que aqui não é 1. Pela regra da cadeia ele devolve o produto deste com a derivada; Ctrl+F7 confere.</translation>
    </message>
    <message id="notice.gave_nothing">
        <source>{expression}: its backward returned None for operand {n}, so that nothing behind it gets a gradient. Return one for each argument of forward that needs it, in their order.</source>
        <translation>{expression}: o backward dela devolveu None para o operando {n}, de modo que nada atrás dele recebe gradiente. Devolva um para cada argumento do forward que precisa dele, na mesma ordem.</translation>
    </message>
    <message id="backward.freed_carried">
        <source>{expression}: {name} (line {line}) carries the graph of an earlier {origin} (line {origin_line}) along, which freed what it had saved; cut it off between the passes: {cut}.</source>
        <translation>{expression}: {name} (linha {line}) traz consigo o grafo de um {origin} anterior (linha {origin_line}), que liberou o que tinha guardado; corte-o entre as passagens: {cut}.</translation>
    </message>
    <message id="backward.changed_behind">
        <source>{expression}: {name} (line {line}) carries the graph of an earlier {origin} (line {origin_line}) along, which needs {changed} as it was before {writer} at line {writer_line}; cut it off between the passes: {cut}.</source>
        <translation>{expression}: {name} (linha {line}) traz consigo o grafo de um {origin} anterior (linha {origin_line}), que precisa de {changed} como era antes de {writer} na linha {writer_line}; corte-o entre as passagens: {cut}.</translation>
    </message>
    <message id="backward.freed_trunk">
        <source>{expression}: {name} (line {line}) is also behind {origin} at line {origin_line}, which freed what they share; call backward once, of the sum of both, or pass retain_graph=True to {origin}.</source>
        <translation>{expression}: {name} (linha {line}) também está atrás de {origin} na linha {origin_line}, que liberou o que os dois compartilham; chame backward uma só vez, da soma de ambos, ou passe retain_graph=True a {origin}.</translation>
    </message>
    <message id="backward.freed_kept">
        <source>{expression}: {name} was computed at line {line}, before {origin} at line {origin_line} freed its graph; compute {name} anew for each pass, or use {name}.detach() where nothing behind it is trained.</source>
        <translation>{expression}: {name} foi calculado na linha {line}, antes que {origin} na linha {origin_line} liberasse o grafo dele; calcule {name} de novo para cada passagem, ou use {name}.detach() onde nada atrás dele é treinado.</translation>
    </message>
    <message id="backward.freed_whole">
        <source>{expression}: {origin} at line {line} has gone back through this graph already and freed what it had saved; pass retain_graph=True to that one, or compute the output anew.</source>
        <translation>{expression}: {origin} na linha {line} já percorreu este grafo e liberou o que ele tinha guardado; passe retain_graph=True àquele, ou calcule a saída de novo.</translation>
    </message>
    <message id="not_finite.forward">
        <source>{expression}: {why}. {n_bad:,} of {n_elements:,} elements of the result are {kind}.</source>
        <translation>{expression}: {why}. {n_bad:,} de {n_elements:,} elementos do resultado são {kind}.</translation>
    </message>
    <message id="jacobian.multiple">
        <source>{factor} times the identity: one factor for all cells.</source>
        <translation>{factor} vezes a identidade: um fator para todas as células.</translation>
    </message>
    <message id="words.hook_of">
        <source>{hook} of {module}</source>
        <translation>{hook} de {module!s}</translation>
    </message>
    <message id="zero.at_node">
        <source>{kind} made zeros of the gradient that arrived there.</source>
        <translation>{kind} fez zeros do gradiente que chegou ali.</translation>
    </message>
    <message id="error.not_explained">
        <source>{message}: {failure}.</source>
        <translation>{message}: {failure}.</translation>
    </message>
    <message id="words.module_line">
        <source>{module}, {line}</source>
        <translation>{module!s}, {line}</translation>
    </message>
    <message id="count.inputs" numerus="yes">
        <source>{n:,} inputs</source>
        <translation>
            <numerusform>{n} entrada</numerusform>
            <numerusform>{n:,} entradas</numerusform>
        </translation>
    </message>
    <message id="count.leaves" numerus="yes">
        <source>{n:,} leaves</source>
        <translation>
            <numerusform>{n} folha</numerusform>
            <numerusform>{n:,} folhas</numerusform>
        </translation>
    </message>
    <message id="count.nodes_were" numerus="yes">
        <source>{n:,} nodes were</source>
        <translation>
            <numerusform>{n} nó ficou</numerusform>
            <numerusform>{n:,} nós ficaram</numerusform>
        </translation>
    </message>
    <message id="health.dead">
        <source>{n:,} of {units} of {place} are 0 for each of {inputs} in {passes}: no gradient goes through them.</source>
        <translation>{n} de {units} de {place} são 0 para cada uma das {inputs} em {passes}: nenhum gradiente passa por elas.</translation>
    </message>
    <message id="count.results" numerus="yes">
        <source>{n:,} results</source>
        <translation>
            <numerusform>{n} resultado</numerusform>
            <numerusform>{n:,} resultados</numerusform>
        </translation>
    </message>
    <message id="count.rows" numerus="yes">
        <source>{n:,} rows</source>
        <translation>
            <numerusform>{n} linha</numerusform>
            <numerusform>{n:,} linhas</numerusform>
        </translation>
    </message>
    <message id="count.sums_were" numerus="yes">
        <source>{n:,} sums were</source>
        <translation>
            <numerusform>{n} soma ficou</numerusform>
            <numerusform>{n:,} somas ficaram</numerusform>
        </translation>
    </message>
    <message id="count.units" numerus="yes">
        <source>{n:,} units</source>
        <translation>
            <numerusform>{n} unidade</numerusform>
            <numerusform>{n:,} unidades</numerusform>
        </translation>
    </message>
    <message id="grad.of_parameters">
        <source>{n_missing} of {n_all} parameters of {name} have no gradient.</source>
        <translation>{n_missing} de {n_all} parâmetros de {name} não têm gradiente.</translation>
    </message>
    <message id="health.no_gradient">
        <source>{n_missing} of {n_all} parameters of {name} never got a gradient: {names}.</source>
        <translation>{n_missing} de {n_all} parâmetros de {name} nunca receberam gradiente: {names}.</translation>
    </message>
    <message id="notice.cut_before">
        <source>{names} got no gradient: {origin} (line {line}) did not reach them, and {expression} at line {cut_line} cuts off what comes before it.</source>
        <translation>{names} não receberam gradiente: {origin} (linha {line}) não chegou até eles, e {expression} na linha {cut_line} corta o que vem antes.</translation>
    </message>
    <message id="notice.not_reached">
        <source>{names} got no gradient: {origin} (line {line}) did not reach them.</source>
        <translation>{names} não receberam gradiente: {origin} (linha {line}) não chegou até eles.</translation>
    </message>
    <message id="notice.all_zero">
        <source>{names}: every weight is 0, and every gradient that arrives is, so that no step changes them: what is multiplied by 0 sends nothing back. Let weights begin at random, as nn.init.kaiming_uniform_ does.</source>
        <translation>{names}: todos os pesos são 0, e todo gradiente que chega também, de modo que nenhum passo os muda: o que é multiplicado por 0 não devolve nada. Inicie os pesos ao acaso, como faz nn.init.kaiming_uniform_.</translation>
    </message>
    <message id="notice.no_parameter">
        <source>{names}: there is a gradient, but no optimizer trains them: a plain tensor is no parameter, and {module}.parameters() does not give it. Make it one with nn.Parameter(…).</source>
        <translation>{names}: há um gradiente, mas nenhum otimizador os treina: um tensor comum não é parâmetro, e {module}.parameters() não o dá. Torne-o um com nn.Parameter(…).</translation>
    </message>
    <message id="notice.not_in_optimizer">
        <source>{names}: there is a gradient, but {optimizers} does not train them: they are not among its parameters. Give them to it, or let what is to stay as it is require no gradient: .requires_grad_(False).</source>
        <translation>{names}: há um gradiente, mas {optimizers} não os treina: não estão entre os seus parâmetros. Entregue-os a ele, ou deixe sem gradiente o que deve ficar como está: .requires_grad_(False).</translation>
    </message>
    <message id="notice.rate_of_zero">
        <source>{name} changes nothing: its rate was 0 in each of its {n:,} steps. Look at what sets it, as the function of a scheduler.</source>
        <translation>{name} não muda nada: sua taxa foi 0 em cada um dos seus {n:,} passos. Veja o que a define, como a função de um scheduler.</translation>
    </message>
    <message id="notice.rate_gone">
        <source>{name} hardly steps: in {n:,} of its {n_all:,} steps its rate was below a thousandth of the {rate} that it had. A scheduler that counts epochs is called once an epoch, not at each batch.</source>
        <translation>{name} quase não anda: em {n:,} dos seus {n_all:,} passos a taxa ficou abaixo de um milésimo dos {rate} que tinha. Um scheduler que conta épocas é chamado uma vez por época, não a cada lote.</translation>
    </message>
    <message id="root.ragged_needs_gradient">
        <source>{name} has a ragged shape: backward from it needs a gradient of that shape.</source>
        <translation>{name} tem uma forma irregular: o backward a partir dele precisa de um gradiente com essa forma.</translation>
    </message>
    <message id="graph.cut_copy">
        <source>{name} has no graph: it was cut at line {line} by {expression}, which copies the numbers without their graph; use the tensor itself, or torch.stack for several.</source>
        <translation>{name} não tem grafo: foi cortado na linha {line} por {expression}, que copia os números sem o grafo deles; use o próprio tensor, ou torch.stack para vários.</translation>
    </message>
    <message id="graph.cut_detached">
        <source>{name} has no graph: it was cut at line {line} by {expression}, which detaches; leave that out where the gradient has to pass.</source>
        <translation>{name} não tem grafo: foi cortado na linha {line} por {expression}, que o separa do grafo; deixe isso de fora onde o gradiente tem de passar.</translation>
    </message>
    <message id="graph.cut_sample">
        <source>{name} has no graph: it was cut at line {line} by {expression}: a sample has no derivative; use .rsample() of a distribution that has it, or the .log_prob() of the sample.</source>
        <translation>{name} não tem grafo: foi cortado na linha {line} por {expression}: uma amostra não tem derivada; use o .rsample() de uma distribuição que o tenha, ou o .log_prob() da amostra.</translation>
    </message>
    <message id="graph.cut_positions">
        <source>{name} has no graph: it was cut at line {line} by {expression}: positions have no derivative; compute with the values themselves, as F.cross_entropy does with the scores.</source>
        <translation>{name} não tem grafo: foi cortado na linha {line} por {expression}: posições não têm derivada; calcule com os próprios valores, como F.cross_entropy faz com os scores.</translation>
    </message>
    <message id="graph.cut_comparison">
        <source>{name} has no graph: it was cut at line {line} by {expression}: true and false have no derivative; a smooth function has one, e.g. torch.sigmoid.</source>
        <translation>{name} não tem grafo: foi cortado na linha {line} por {expression}: verdadeiro e falso não têm derivada; uma função suave tem, p. ex. torch.sigmoid.</translation>
    </message>
    <message id="graph.cut_cast">
        <source>{name} has no graph: it was cut at line {line} by {expression}: whole numbers have no derivative; stay in floating point.</source>
        <translation>{name} não tem grafo: foi cortado na linha {line} por {expression}: números inteiros não têm derivada; fique em ponto flutuante.</translation>
    </message>
    <message id="graph.cut_without_derivative">
        <source>{name} has no graph: it was cut at line {line} by {expression}: {operation} has no derivative.</source>
        <translation>{name} não tem grafo: foi cortado na linha {line} por {expression}: {operation} não tem derivada.</translation>
    </message>
    <message id="graph.cut_gradient">
        <source>{name} has no graph: the gradient that {expression} computed at line {line} has none; pass create_graph=True to that call.</source>
        <translation>{name} não tem grafo: o gradiente que {expression} calculou na linha {line} não tem nenhum; passe create_graph=True a essa chamada.</translation>
    </message>
    <message id="graph.cut_update">
        <source>{name} has no graph: {expression} at line {line} made {variable} a new tensor under torch.no_grad(), which requires no gradient; there, {variable} -= … changes the leaf itself.</source>
        <translation>{name} não tem grafo: {expression} na linha {line} fez de {variable} um tensor novo sob torch.no_grad(), que não requer gradiente; ali, {variable} -= … muda a própria folha.</translation>
    </message>
    <message id="graph.left_off">
        <source>{name} has no graph: an earlier run has left gradients switched off, so {expression} at line {line} made none; torch.set_grad_enabled(True) at the beginning switches them on.</source>
        <translation>{name} não tem grafo: uma execução anterior deixou os gradientes desligados, por isso {expression} na linha {line} não fez nenhum; torch.set_grad_enabled(True) no começo os liga.</translation>
    </message>
    <message id="graph.cut_inference">
        <source>{name} has no graph: {expression} at line {line} ran under torch.inference_mode(); compute it outside of that.</source>
        <translation>{name} não tem grafo: {expression} na linha {line} foi executada sob torch.inference_mode(); calcule fora disso.</translation>
    </message>
    <message id="graph.cut_no_grad">
        <source>{name} has no graph: {expression} at line {line} ran under torch.no_grad(), or with gradients switched off; compute it outside of that.</source>
        <translation>{name} não tem grafo: {expression} na linha {line} foi executada sob torch.no_grad(), ou com os gradientes desligados; calcule fora disso.</translation>
    </message>
    <message id="graph.cut">
        <source>{name} has no graph: {operation} cut it off.</source>
        <translation>{name} não tem grafo: {operation} o cortou.</translation>
    </message>
    <message id="root.needs_gradient">
        <source>{name} has shape {shape}: backward from it needs a gradient of that shape.</source>
        <translation>{name} tem forma {shape}: o backward a partir dele precisa de um gradiente com essa forma.</translation>
    </message>
    <message id="graph.leaf_of_numbers">
        <source>{name} is a leaf, made at line {line} of plain numbers, so nothing lies behind it. {expression} at line {taken_line} had taken numbers out of a graph, and numbers carry none: compute with the tensor itself.</source>
        <translation>{name} é uma folha, feita na linha {line} de números simples, então não há nada atrás dela. {expression} na linha {taken_line} tinha tirado números de um grafo, e números não levam grafo: calcule com o próprio tensor.</translation>
    </message>
    <message id="graph.leaf">
        <source>{name} is a leaf: no operation made it, so nothing lies behind it.</source>
        <translation>{name} é uma folha: nenhuma operação o fez, então não há nada atrás dele.</translation>
    </message>
    <message id="graph.leaf_cut_off">
        <source>{name} is a new leaf, so nothing lies behind it: {expression} at line {line} cut it off from what it was computed from.</source>
        <translation>{name} é uma folha nova, então não há nada atrás dele: {expression} na linha {line} o separou daquilo de que foi calculado.</translation>
    </message>
    <message id="missing.too_much">
        <source>{name} is too much.</source>
        <translation>{name} está a mais.</translation>
    </message>
    <message id="notice.left_evaluating">
        <source>{name} is trained in evaluation mode since {expression} (line {line}): dropout drops nothing, and batch norm takes the statistics from before. Call {name}.train() before the next pass.</source>
        <translation>{name} é treinado em modo de avaliação desde {expression} (linha {line}): o dropout não descarta nada, e a normalização de lote usa as estatísticas de antes. Chame {name}.train() antes da próxima passagem.</translation>
    </message>
    <message id="missing.matrix_transposed">
        <source>{name} is transposed in the one of the two.</source>
        <translation>{name} está transposta em um dos dois.</translation>
    </message>
    <message id="graph.of_whole_numbers">
        <source>{name} is {dtype}, and only floating-point and complex tensors have gradients.</source>
        <translation>{name} é {dtype}, e só tensores de ponto flutuante e complexos têm gradientes.</translation>
    </message>
    <message id="words.is">
        <source>{name} is {value}</source>
        <translation>{name} é {value}</translation>
    </message>
    <message id="notice.list_of_graphs">
        <source>{name} keeps the graphs of {n:,} passes alive, which are over: what it holds has one, as {expression} (line {line}). Keep numbers, by .item(), or .detach() what is put into it.</source>
        <translation>{name} mantém vivos os grafos de {n:,} passagens, que já terminaram: o que contém tem um, como {expression} (linha {line}). Guarde números, com .item(), ou use .detach() no que é posto ali.</translation>
    </message>
    <message id="notice.sum_of_graphs">
        <source>{name} keeps the graphs of {n:,} passes alive, which are over: {expression} (line {line}) adds a tensor with its graph. Add its number, by .item(), or .detach() it.</source>
        <translation>{name} mantém vivos os grafos de {n:,} passagens, que já terminaram: {expression} (linha {line}) soma um tensor com seu grafo. Some o número, com .item(), ou use .detach().</translation>
    </message>
    <message id="grad.required_late">
        <source>{name} required no gradient when it was used here: requires_grad_() has to come before.</source>
        <translation>{name} não requeria gradiente quando foi usado aqui: requires_grad_() tem de vir antes.</translation>
    </message>
    <message id="graph.of_inference">
        <source>{name} was made under torch.inference_mode().</source>
        <translation>{name} foi feito sob torch.inference_mode().</translation>
    </message>
    <message id="grad.none_yet">
        <source>{name}.grad is None: no backward has reached it yet.</source>
        <translation>{name}.grad é None: nenhum backward chegou a ele ainda.</translation>
    </message>
    <message id="grad.not_arrived">
        <source>{name}.grad is None: no backward has reached {name} since its gradient is to be kept.</source>
        <translation>{name}.grad é None: nenhum backward chegou a {name} desde que o gradiente dele deve ser guardado.</translation>
    </message>
    <message id="grad.never_used">
        <source>{name}.grad is None: no operation that was recorded took {name}, so {origin} (line {line}) could not reach it; use it in the forward pass.</source>
        <translation>{name}.grad é None: nenhuma operação registrada usou {name}, então {origin} (linha {line}) não podia chegar a ele; use-o no forward.</translation>
    </message>
    <message id="grad.of_update">
        <source>{name}.grad is None: {expression} at line {line} made {name} a new tensor, which is no leaf; under torch.no_grad(), {name} -= … changes the leaf itself.</source>
        <translation>{name}.grad é None: {expression} na linha {line} fez de {name} um tensor novo, que não é folha; sob torch.no_grad(), {name} -= … muda a própria folha.</translation>
    </message>
    <message id="grad.of_copy">
        <source>{name}.grad is None: {expression} at line {line} made {name} from a leaf, and the leaf has the gradient; let {name} begin as one: {name} = {name}.detach().requires_grad_().</source>
        <translation>{name}.grad é None: {expression} na linha {line} fez {name} a partir de uma folha, e a folha tem o gradiente; faça {name} começar como folha: {name} = {name}.detach().requires_grad_().</translation>
    </message>
    <message id="grad.not_required">
        <source>{name}.grad is None: {name} does not require a gradient.</source>
        <translation>{name}.grad é None: {name} não requer gradiente.</translation>
    </message>
    <message id="grad.of_result">
        <source>{name}.grad is None: {name} is not a leaf, and what passes through it is not kept; call {name}.retain_grad() before backward.</source>
        <translation>{name}.grad é None: {name} não é uma folha, e o que passa por ele não é guardado; chame {name}.retain_grad() antes do backward.</translation>
    </message>
    <message id="grad.of_computed">
        <source>{name}.grad is None: {name} is not a leaf, {expression} at line {line} computed it, and what passes through is not kept; call {name}.retain_grad() before backward.</source>
        <translation>{name}.grad é None: {name} não é uma folha, {expression} na linha {line} o calculou, e o que passa por ele não é guardado; chame {name}.retain_grad() antes do backward.</translation>
    </message>
    <message id="grad.taken_away">
        <source>{name}.grad is None: {origin} (line {line}) brought it, and it has been set to None since, as zero_grad() does.</source>
        <translation>{name}.grad é None: {origin} (linha {line}) o trouxe, e ele foi posto em None desde então, como zero_grad() faz.</translation>
    </message>
    <message id="grad.not_reached">
        <source>{name}.grad is None: {origin} (line {line}) did not reach {name}, which is not in its graph.</source>
        <translation>{name}.grad é None: {origin} (linha {line}) não chegou a {name}, que não está no seu grafo.</translation>
    </message>
    <message id="grad.returned">
        <source>{name}.grad is None: {origin} (line {line}) returns its gradients, and writes no .grad.</source>
        <translation>{name}.grad é None: {origin} (linha {line}) devolve os seus gradientes, e não escreve em .grad.</translation>
    </message>
    <message id="notice.step_not_called">
        <source>{name}.step (line {line}) names the step and does not make it: {name} has changed nothing in {n}. Write {name}.step().</source>
        <translation>{name}.step (linha {line}) nomeia o passo e não o executa: {name} não mudou nada em {n}. Escreva {name}.step().</translation>
    </message>
    <message id="notice.never_stepped">
        <source>{name}.step() was never called: {n} of {origin} (line {line}) brought gradients to its parameters, which are as they were. Call it after each pass.</source>
        <translation>{name}.step() nunca foi chamado: {n} de {origin} (linha {line}) levaram gradientes a seus parâmetros, que estão como estavam. Chame-o depois de cada passagem.</translation>
    </message>
    <message id="health.sampled">
        <source>{nodes} looked at in evenly spaced samples, so large are their values.</source>
        <translation>{nodes} com exame em amostras a intervalos iguais, de tão grandes que são os valores.</translation>
    </message>
    <message id="health.few_inputs">
        <source>{nodes} not judged by units: fewer than {n} inputs went through.</source>
        <translation>{nodes} sem exame das unidades: passaram menos de {n} entradas.</translation>
    </message>
    <message id="health.values_lost">
        <source>{nodes} not looked at for units: their values are not kept.</source>
        <translation>{nodes} sem exame das unidades: os valores não estão guardados.</translation>
    </message>
    <message id="count.nodes" numerus="yes">
        <source>{n} nodes</source>
        <translation>
            <numerusform>{n} nó</numerusform>
            <numerusform>{n} nós</numerusform>
        </translation>
    </message>
    <message id="differences.kinks">
        <source>{n} of the cells lie at a kink or a jump: there is no one derivative.</source>
        <translation>{n} das células estão numa quina ou num salto: ali não há uma única derivada.</translation>
    </message>
    <message id="differences.not_replayed">
        <source>{operation} ({place}) cannot be replayed in float64{reason}.</source>
        <translation>{operation} ({place}) não pode ser refeita em float64{reason}.</translation>
    </message>
    <message id="gradient.not_needed">
        <source>{origin} asked for the gradients of its inputs alone, and this does not lie on the way to them.</source>
        <translation>{origin} pediu só os gradientes das suas entradas, e isto não está no caminho até elas.</translation>
    </message>
    <message id="gradient.pass_ended_before">
        <source>{origin} ended before it came here: {n_done} of {n_needed} nodes had run.</source>
        <translation>{origin} terminou antes de chegar aqui: {n_done} de {n_needed} nós tinham sido executados.</translation>
    </message>
    <message id="gradient.not_come_yet">
        <source>{origin} has not come here yet: {n_done} of {n_needed} nodes have run.</source>
        <translation>{origin} ainda não chegou aqui: {n_done} de {n_needed} nós foram executados.</translation>
    </message>
    <message id="notice.normalised_twice">
        <source>{outer} makes probabilities of scores itself, and gets probabilities: the {kind} of {inner} at line {line} has made them already, so that the loss cannot come near 0, and its gradients are small. Give it the scores.</source>
        <translation>{outer} faz ela mesma probabilidades a partir de scores, e recebe probabilidades: {kind} de {inner} na linha {line} já as fez, de modo que a perda não chega perto de 0 e os gradientes são pequenos. Dê a ela os scores.</translation>
    </message>
    <message id="notice.along_another_axis">
        <source>{outer} reads classes along axis {wanted}, of {n:,}, and {inner} (line {line}) normalises along axis {axis}: the probabilities of no row add up to 1. Give it dim={wanted}.</source>
        <translation>{outer} lê as classes ao longo do eixo {wanted}, de {n:,}, e {inner} (linha {line}) normaliza ao longo do eixo {axis}: as probabilidades de nenhuma linha somam 1. Use dim={wanted}.</translation>
    </message>
    <message id="notice.kl_of_probabilities">
        <source>{outer} takes logarithms of probabilities first, and gets the probabilities that the {kind} of {inner} at line {line} has made. Use F.log_softmax there, or .log().</source>
        <translation>{outer} recebe primeiro logaritmos de probabilidades, e aqui recebe as probabilidades feitas por {kind} de {inner} na linha {line}. Use ali F.log_softmax, ou .log().</translation>
    </message>
    <message id="notice.not_logarithms">
        <source>{outer} takes logarithms of probabilities, and gets the probabilities that the {kind} of {inner} at line {line} has made. Use F.log_softmax there, or F.cross_entropy of the scores.</source>
        <translation>{outer} espera logaritmos de probabilidades, e recebe as probabilidades que {kind} de {inner} na linha {line} fez. Use F.log_softmax ali, ou F.cross_entropy dos scores.</translation>
    </message>
    <message id="gradient.none_sent">
        <source>{senders} sent None here: what it computed does not depend on this in a way that has a derivative.</source>
        <translation>{senders} enviou None para cá: o que calculou não depende disto de um modo que tenha derivada.</translation>
    </message>
    <message id="health.saturated">
        <source>{share} of {results} of {place} lie at the ends of the range: there the derivative is below 6 % of its largest.</source>
        <translation>{share} de {results} de {place} estão nas pontas da faixa: ali a derivada é menos de 6 % da sua maior.</translation>
    </message>
    <message id="health.saturated_rows">
        <source>{share} of {rows} of {place} give more than {limit} to one entry: hardly any gradient goes through them.</source>
        <translation>{share} de {rows} de {place} dão mais de {limit} a uma só entrada: quase nenhum gradiente passa por elas.</translation>
    </message>
    <message id="notice.no_pass">
        <source>{step} (line {line}) found no gradient and changed nothing, for no backward pass ran: {loss} has a graph. Call {loss}.backward() before the step.</source>
        <translation>{step} (linha {line}) não encontrou gradiente e não mudou nada, pois nenhum backward rodou: {loss} tem um grafo. Chame {loss}.backward() antes do passo.</translation>
    </message>
    <message id="notice.pass_of_leaf">
        <source>{step} (line {step_line}) found no gradient and changed nothing: {origin} (line {line}) begins at a leaf, {reached}, behind which there is nothing, as after .data or of a new tensor. Call backward of the loss that was computed.</source>
        <translation>{step} (linha {step_line}) não encontrou gradiente e não mudou nada: {origin} (linha {line}) começa em uma folha, {reached}, atrás da qual não há nada, como depois de .data ou em um tensor novo. Chame backward da perda que foi calculada.</translation>
    </message>
    <message id="notice.emptied_before_step">
        <source>{origin} (line {line}) had brought one to the parameters of {name}, and it was emptied in between, as zero_grad() does. Call that before backward, or after the step.</source>
        <translation>{origin} (linha {line}) tinha trazido um aos parâmetros de {name}, e ele foi esvaziado nesse meio-tempo, como zero_grad() faz. Chame isso antes do backward, ou depois do passo.</translation>
    </message>
    <message id="health.parts_lost">
        <source>{sums} not looked at for cancelling: the norms of their parts are not known.</source>
        <translation>{sums} sem exame de cancelamento: as normas das partes não são conhecidas.</translation>
    </message>
    <message id="notice.overwritten_unseen">
        <source>{writer} overwrote {name} (line {line}) through .data, which autograd does not notice: {origin} (line {origin_line}) computed with the new values. Write into {name}.detach() to be told of it, or into {name}.clone().</source>
        <translation>{writer} sobrescreveu {name} (linha {line}) por .data, o que o autograd não percebe: {origin} (linha {origin_line}) calculou com os novos valores. Escreva em {name}.detach() para ser avisado, ou em {name}.clone().</translation>
    </message>
    <message id="experiment.raises">
        <source>“{text}” cannot be evaluated: {reason}</source>
        <translation>“{text}” não pode ser calculada: {reason}</translation>
    </message>
    <message id="experiment.shape">
        <source>“{text}” does not fit: shape {shape} is wanted.</source>
        <translation>“{text}” não serve: é preciso ter a forma {shape}.</translation>
    </message>
    <message id="experiment.no_gradient">
        <source>“{text}” gives a {kind}, which is no number and no tensor.</source>
        <translation>“{text}” dá um {kind}, que não é nem número nem tensor.</translation>
    </message>
    <message id="experiment.no_expression">
        <source>“{text}” is not an expression.</source>
        <translation>“{text}” não é uma expressão.</translation>
    </message>
    <message id="words.result">
        <source>result</source>
        <translation>resultado</translation>
    </message>
    <message id="words.arriving">
        <source>arriving</source>
        <translation>chegando</translation>
    </message>
    <message id="words.arriving_of">
        <source>arriving {n}</source>
        <translation>chegando {n}</translation>
    </message>
    <message id="backward.changed_own_result">
        <source>{expression}: backward of {operation} needs its own result, which {writer} changed in place; let that make a new tensor: no inplace=True, and no function whose name ends with _.</source>
        <translation>{expression}: o backward de {operation!s} precisa do próprio resultado, que {writer!s} alterou no lugar; faça ali um novo tensor: sem inplace=True e sem função cujo nome termina em _.</translation>
    </message>
    <message id="backward.changed_made">
        <source>{expression}: backward of {operation} needs what {maker} has made as it was then, but {writer} changed it in place; let that make a new tensor: no inplace=True, and no function whose name ends with _.</source>
        <translation>{expression}: o backward de {operation!s} precisa do que {maker!s} fez, como era então, mas {writer!s} o alterou no lugar; faça ali um novo tensor: sem inplace=True e sem função cujo nome termina em _.</translation>
    </message>
    <message id="words.module_at_line">
        <source>{module}, {kind} (line {line})</source>
        <translation>{module}, {kind} (linha {line})</translation>
    </message>
</context>
</TS>
