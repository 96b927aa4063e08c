<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_serve</name>
    <message id="words.first_at">
        <source>, the first at {place}</source>
        <translation>, o primeiro em {place}</translation>
    </message>
    <message id="words.after_comma">
        <source>, {where}</source>
        <translation>, {where}</translation>
    </message>
    <message id="graph.pass_is_stepped">
        <source>A backward pass is being stepped; end or reset it to see another graph.</source>
        <translation>Uma passagem de backward está sendo percorrida; termine-a ou reinicie-a para ver outro grafo.</translation>
    </message>
    <message id="words.a_checkpoint">
        <source>A checkpoint</source>
        <translation>Um checkpoint</translation>
    </message>
    <message id="rule.is_programs">
        <source>A function of the program: its rule is its own backward method.</source>
        <translation>Uma função do programa: a sua regra é o seu próprio método backward.</translation>
    </message>
    <message id="cell.hooked_somewhere">
        <source>A hook changed this gradient once its terms were added up: its norm was {before} and became {after}.</source>
        <translation>Um hook mudou este gradiente depois que os seus termos foram somados: a norma era {before} e passou a {after}.</translation>
    </message>
    <message id="chain.hooked">
        <source>A hook of the program, of line {line}, changed the gradient on the way, which no Jacobian has.</source>
        <translation>Um hook do programa, da linha {line}, mudou o gradiente no caminho, e isso não está em nenhuma jacobiana.</translation>
    </message>
    <message id="experiment.value_reentrant">
        <source>A reentrant checkpoint runs a backward of its own inside; use_reentrant=False can be tried.</source>
        <translation>Um checkpoint reentrante faz um backward próprio por dentro; dá para tentar use_reentrant=False.</translation>
    </message>
    <message id="differences.reentrant">
        <source>A reentrant checkpoint runs a backward pass of its own, whose part of this gradient does not arrive here.</source>
        <translation>Um checkpoint reentrante faz uma passagem de backward própria, e a parte dela neste gradiente não chega aqui.</translation>
    </message>
    <message id="views.written">
        <source>A write through a view gave the base a new node.</source>
        <translation>Uma escrita por meio de uma view deu à base um novo nó.</translation>
    </message>
    <message id="cell.too_large">
        <source>All that arrives at {kind} has a part in this cell: too much to take apart.</source>
        <translation>Tudo o que chega a {kind} tem parte nesta célula: é demais para decompor.</translation>
    </message>
    <message id="jacobian.of_outputs">
        <source>All {count} outputs together: each one's gradient times its matrix, added up. {agreement}</source>
        <translation>Todas as {count} saídas juntas: o gradiente de cada uma vezes a sua matriz, somados. {agreement}</translation>
    </message>
    <message id="differences.complex">
        <source>Complex numbers are not compared.</source>
        <translation>Números complexos não são comparados.</translation>
    </message>
    <message id="dtype.of_memory">
        <source>It lies in the memory of {name}, an array of NumPy, and so has its dtype, {dtype}: nothing was copied, and a write into the one is a write into the other.</source>
        <translation>Está na memória de {name}, um array do NumPy, e por isso tem o dtype dele, {dtype}: nada foi copiado, e uma escrita em um é uma escrita no outro.</translation>
    </message>
    <message id="dtype.of_foreign_memory">
        <source>It lies in memory that is not PyTorch's own, as that of an array of NumPy that no variable holds, and so has its dtype, {dtype}: nothing was copied.</source>
        <translation>Está em memória que não é do próprio PyTorch, como a de um array do NumPy que nenhuma variável guarda, e por isso tem o dtype dela, {dtype}: nada foi copiado.</translation>
    </message>
    <message id="dtype.given_back">
        <source>{call} gave the same tensor back: it was {dtype} on {device} already, and nothing was copied.</source>
        <translation>{call} devolveu o mesmo tensor: ele já era {dtype} em {device}, e nada foi copiado.</translation>
    </message>
    <message id="promotion.chosen">
        <source>Masks and indices only choose: the result keeps the dtype of what they are laid on, {dtype}, also where other numbers are put in.</source>
        <translation>Máscaras e índices apenas escolhem: o resultado conserva o dtype daquilo a que se aplicam, {dtype}, também onde outros números são postos.</translation>
    </message>
    <message id="promotion.alike">
        <source>Nothing is promoted here: all have to be of one dtype, and the result is of it.</source>
        <translation>Aqui nada é promovido: todos têm de ser de um só dtype, que é também o do resultado.</translation>
    </message>
    <message id="promotion.asked">
        <source>dtype= asked for {dtype}.</source>
        <translation>dtype= pediu {dtype}.</translation>
    </message>
    <message id="promotion.autocast">
        <source>It was called within autocast, which had it computed in {dtype}: PyTorch has a list of functions for which fewer bits are enough, and one of those that need float32.</source>
        <translation>Foi chamada dentro do autocast, que a fez calcular em {dtype}: o PyTorch tem uma lista de funções às quais bastam menos bits, e uma das que precisam de float32.</translation>
    </message>
    <message id="promotion.cast">
        <source>It is written into: a tensor keeps its dtype. What is computed in {promoted} is cast to {dtype}.</source>
        <translation>Escreve-se nele: um tensor conserva o seu dtype. O que se calcula em {promoted} é convertido para {dtype}.</translation>
    </message>
    <message id="promotion.compared">
        <source>The answers are True and False: bool. What is compared is first made {promoted}, to which both promote.</source>
        <translation>As respostas são True e False: bool. O que se compara é antes convertido para {promoted}, ao qual ambos são promovidos.</translation>
    </message>
    <message id="promotion.fractions">
        <source>Of whole numbers it makes numbers with fractions, and takes the default dtype, {dtype}.</source>
        <translation>De números inteiros faz números com frações, e toma o dtype padrão, {dtype}.</translation>
    </message>
    <message id="promotion.indices">
        <source>These are indices or counts: int64, whatever they are of.</source>
        <translation>São índices ou contagens: int64, seja do que for.</translation>
    </message>
    <message id="promotion.kept">
        <source>What took part is {dtype}, and so is the result.</source>
        <translation>O que tomou parte é {dtype}, e o resultado também.</translation>
    </message>
    <message id="promotion.real">
        <source>Of a complex number it makes a real one, of the dtype that its two parts have, {dtype}.</source>
        <translation>De um número complexo faz um real, do dtype que têm as duas partes dele, {dtype}.</translation>
    </message>
    <message id="promotion.summed">
        <source>Whole numbers, and True and False, are added up or multiplied in int64, in which many of them have room.</source>
        <translation>Números inteiros, e True e False, são somados ou multiplicados em int64, em que muitos deles têm lugar.</translation>
    </message>
    <message id="promotion.truth">
        <source>The answers are True and False: bool, whatever is asked.</source>
        <translation>As respostas são True e False: bool, seja o que for que se pergunte.</translation>
    </message>
    <message id="promotion.widest">
        <source>PyTorch takes the widest dtype of the highest kind (bool, whole, floating, complex); a tensor without dimensions, or a Python number, counts only where its kind is higher.</source>
        <translation>O PyTorch toma o dtype mais largo do tipo mais alto (bool, inteiro, ponto flutuante, complexo); um tensor sem dimensões, ou um número do Python, só conta onde seu tipo é mais alto.</translation>
    </message>
    <message id="promotion.written">
        <source>It is written into: a tensor keeps its dtype, here {dtype}.</source>
        <translation>Escreve-se nele: um tensor conserva o seu dtype, aqui {dtype}.</translation>
    </message>
    <message id="differences.no_grad">
        <source>It takes no gradient, so there is nothing to compare with.</source>
        <translation>Ele não recebe gradiente, então não há com que comparar.</translation>
    </message>
    <message id="saved.written_unseen">
        <source>It was changed in place since.</source>
        <translation>Foi mudado in-place desde então.</translation>
    </message>
    <message id="jacobian.too_large">
        <source>It would be {rows:,} × {columns:,}, a row for each cell of the result and a column for each of the operand; up to {most} a side are shown.</source>
        <translation>Ela seria {rows:,} × {columns:,}, uma linha para cada célula do resultado e uma coluna para cada uma do operando; são mostradas até {most} de lado.</translation>
    </message>
    <message id="origin.device_copy">
        <source>Its value was copied from {before} to {after}; in a backward pass its gradient is copied back.</source>
        <translation>Seu valor foi copiado de {before} para {after}; numa passagem de backward o gradiente é copiado de volta.</translation>
    </message>
    <message id="chain.too_long">
        <source>More than {count} nodes, or too large ones, lie between the loss and here: too many matrices to multiply. Backward takes one product of a row at each of them.</source>
        <translation>Há mais de {count} nós, ou nós grandes demais, entre a perda e aqui: matrizes demais para multiplicar. O backward faz um produto de uma linha em cada um deles.</translation>
    </message>
    <message id="differences.none_arrived">
        <source>No gradient has arrived here yet.</source>
        <translation>Nenhum gradiente chegou aqui ainda.</translation>
    </message>
    <message id="gradient.not_arrived">
        <source>No gradient has arrived here yet.</source>
        <translation>Nenhum gradiente chegou aqui ainda.</translation>
    </message>
    <message id="chain.begins_nowhere">
        <source>No pass has begun at a number that leads here.</source>
        <translation>Nenhuma passagem começou num número que leve até aqui.</translation>
    </message>
    <message id="cell.of_none">
        <source>No small change of what {kind} worked with would change it.</source>
        <translation>Nenhuma mudança pequena do que {kind} usou o mudaria.</translation>
    </message>
    <message id="cell.operand_not_kept">
        <source>Not all that {kind} worked with is kept. Step through the program (Ctrl+Shift+Enter): while a pass is held it is.</source>
        <translation>Nem tudo o que {kind} usou está guardado. Execute o programa passo a passo (Ctrl+Shift+Enter): enquanto uma passagem está retida, está.</translation>
    </message>
    <message id="saved.written_by_others">
        <source>NumPy, or another that shares its memory, changed it since, which its version does not tell: backward takes the new numbers.</source>
        <translation>O NumPy, ou outro que compartilha sua memória, alterou-o desde então, o que a versão não revela: o backward usa os novos números.</translation>
    </message>
    <message id="cell.grad_not_kept">
        <source>Of {passes} the gradient is not kept by itself. Step through the program (Ctrl+Shift+Enter): a pass that is stepped keeps its own.</source>
        <translation>De {passes} o gradiente não está guardado em separado. Execute o programa passo a passo (Ctrl+Shift+Enter): uma passagem percorrida assim guarda o seu.</translation>
    </message>
    <message id="chain.too_large">
        <source>On the way from the loss {kind} has a Jacobian of {rows:,} × {columns:,}: up to {most} a side are multiplied. Backward multiplies a row by it and never makes the matrix.</source>
        <translation>No caminho desde a perda, {kind} tem uma jacobiana de {rows:,} × {columns:,}: são multiplicadas até {most} de lado. O backward multiplica uma linha por ela e nunca faz a matriz.</translation>
    </message>
    <message id="experiment.value_device">
        <source>Only a dense leaf on the CPU gets another value in a copy of the engine.</source>
        <translation>Só uma folha densa na CPU recebe outro valor numa cópia do motor.</translation>
    </message>
    <message id="differences.not_dense">
        <source>Only dense tensors are compared.</source>
        <translation>Só tensores densos são comparados.</translation>
    </message>
    <message id="prediction.not_real">
        <source>Predictions are of dense gradients of real numbers.</source>
        <translation>Previsões são de gradientes densos de números reais.</translation>
    </message>
    <message id="rule.none_known">
        <source>PyTorch publishes no formula of this node.</source>
        <translation>O PyTorch não publica fórmula deste nó.</translation>
    </message>
    <message id="rule.formulas_unread">
        <source>PyTorch's own formulas could not be read: {reason}.</source>
        <translation>As fórmulas do próprio PyTorch não puderam ser lidas: {reason}.</translation>
    </message>
    <message id="cell.grad_written">
        <source>Somebody wrote into .grad after the last pass, for example to clip it: the passes do not add up to what it is now.</source>
        <translation>Alguém escreveu em .grad depois da última passagem, por exemplo para limitá-lo: a soma das passagens não dá o que ele é agora.</translation>
    </message>
    <message id="cell.gradient_written">
        <source>Something has written into this gradient since it arrived.</source>
        <translation>Algo escreveu neste gradiente desde que ele chegou.</translation>
    </message>
    <message id="cell.value_written">
        <source>Something has written into this tensor since: this is its number of now.</source>
        <translation>Algo escreveu neste tensor desde então: este é o seu número de agora.</translation>
    </message>
    <message id="cell.grad_before">
        <source>Something was in .grad before this run's first pass, and is part of it.</source>
        <translation>Havia algo em .grad antes da primeira passagem desta execução, e isso faz parte dele.</translation>
    </message>
    <message id="differences.cancelled">
        <source>The check was cancelled.</source>
        <translation>A verificação foi cancelada.</translation>
    </message>
    <message id="differences.ended">
        <source>The copy of the engine ended before it was done: memory may have run out.</source>
        <translation>A cópia do motor terminou antes de acabar: pode ter faltado memória.</translation>
    </message>
    <message id="experiment.value_ended">
        <source>The copy of the engine ended before it was done: memory may have run out.</source>
        <translation>A cópia do motor terminou antes de acabar: pode ter faltado memória.</translation>
    </message>
    <message id="engine.defect">
        <source>The engine could not do this, which is a defect of its own ({type_name}: {message}).</source>
        <translation>O motor não conseguiu fazer isto, o que é um defeito dele ({type_name}: {message}).</translation>
    </message>
    <message id="experiment.failed">
        <source>The experiment raised, and the held pass is as it was: {reason}</source>
        <translation>O experimento falhou, e a passagem retida está como estava: {reason}</translation>
    </message>
    <message id="gradient.raises">
        <source>The gradient cannot be evaluated: {reason}</source>
        <translation>O gradiente não pode ser calculado: {reason}</translation>
    </message>
    <message id="gradient.no_expression">
        <source>The gradient is not an expression: {reason}.</source>
        <translation>O gradiente não é uma expressão: {reason}.</translation>
    </message>
    <message id="cell.is_leaf">
        <source>The graph begins here: no operation that was recorded made this number.</source>
        <translation>O grafo começa aqui: nenhuma operação registrada fez este número.</translation>
    </message>
    <message id="cell.is_made">
        <source>The graph begins here: {expression} (line {line}) made this number, and needs no gradient.</source>
        <translation>O grafo começa aqui: {expression} (linha {line}) fez este número, e não precisa de gradiente.</translation>
    </message>
    <message id="cell.is_constant">
        <source>The graph begins here: {expression} (line {line}) made this number, and needs no gradient. Which cells it took: {way}, then Ctrl+Alt+T.</source>
        <translation>O grafo começa aqui: {expression} (linha {line}) fez este número, e não precisa de gradiente. Que células usou: {way}, depois Ctrl+Alt+T.</translation>
    </message>
    <message id="graph.program_runs">
        <source>The graph can be changed once the program has ended; it is still running.</source>
        <translation>O grafo pode ser mudado quando o programa tiver terminado; ele ainda está em execução.</translation>
    </message>
    <message id="cell.hooked">
        <source>The hook of line {line} changed this gradient once its terms were added up: its norm was {before} and became {after}.</source>
        <translation>O hook da linha {line} mudou este gradiente depois que os seus termos foram somados: a norma era {before} e passou a {after}.</translation>
    </message>
    <message id="pass.was_stopped">
        <source>The pass was stopped meanwhile.</source>
        <translation>A passagem foi parada nesse meio-tempo.</translation>
    </message>
    <message id="preview.waits">
        <source>The preview waits until the program has ended.</source>
        <translation>A prévia espera até o programa terminar.</translation>
    </message>
    <message id="chain.not_here">
        <source>The product stands here once backward has brought the gradient.</source>
        <translation>O produto fica aqui assim que o backward tiver trazido o gradiente.</translation>
    </message>
    <message id="operation.operand_gone">
        <source>The program does not have it any more. Kept are small dense tensors, of a loop those of its first rounds.</source>
        <translation>O programa já não o tem. Guardados são os tensores densos pequenos, de um laço os das primeiras voltas.</translation>
    </message>
    <message id="found.gone">
        <source>The program has gone on from there; this is not kept.</source>
        <translation>O programa já seguiu adiante dali; isto não está guardado.</translation>
    </message>
    <message id="lesson.waits">
        <source>The program is still running: ask again once it has ended.</source>
        <translation>O programa ainda está em execução: pergunte de novo quando ele tiver terminado.</translation>
    </message>
    <message id="program.still_running">
        <source>The program is still running; stop it first.</source>
        <translation>O programa ainda está em execução; pare-o antes.</translation>
    </message>
    <message id="experiment.forward_again">
        <source>The program ran again, to this pass, in a copy of the engine.</source>
        <translation>O programa foi executado de novo, até esta passagem, numa cópia do motor.</translation>
    </message>
    <message id="experiment.root_would_be">
        <source>The root is {now}, and {new} with this value.</source>
        <translation>A raiz é {now}, e {new} com este valor.</translation>
    </message>
    <message id="experiment.value_cancelled">
        <source>The trial was cancelled.</source>
        <translation>A tentativa foi cancelada.</translation>
    </message>
    <message id="operation.gone">
        <source>The variable holds another tensor by now.</source>
        <translation>A variável já guarda outro tensor.</translation>
    </message>
    <message id="cell.no_rule">
        <source>There is no rule of {kind}: how it works is not known.</source>
        <translation>Não há regra de {kind}: não se sabe como funciona.</translation>
    </message>
    <message id="gradient.not_for_each">
        <source>These are {count} outputs: give a list of {count} gradients, None for that of a scalar.</source>
        <translation>Estas são {count} saídas: dê uma lista de {count} gradientes, None para o de um escalar.</translation>
    </message>
    <message id="tensor.unreadable">
        <source>This gradient cannot be shown: {why}.</source>
        <translation>Este gradiente não pode ser mostrado: {why}.</translation>
    </message>
    <message id="prediction.shape">
        <source>This has the shape {shape}, the gradient of {name} has {wanted}.</source>
        <translation>Isto tem a forma {shape}, o gradiente de {name} tem {wanted}.</translation>
    </message>
    <message id="experiment.value_no_pass">
        <source>This needs a held pass that goes through this leaf.</source>
        <translation>Isto precisa de uma passagem retida que passe por esta folha.</translation>
    </message>
    <message id="prediction.gone">
        <source>This node cannot be predicted any more: the pass has gone on.</source>
        <translation>Este nó já não pode ser previsto: a passagem seguiu adiante.</translation>
    </message>
    <message id="cell.value_too_large">
        <source>This output is too large to take a cell of it apart.</source>
        <translation>Esta saída é grande demais para decompor uma célula dela.</translation>
    </message>
    <message id="origin.forward_mode">
        <source>This ran in forward mode (jvp, jacfwd): beside each operation on values stand those on its tangent, and both are nodes here. Forward mode has no backward pass of its own to step.</source>
        <translation>Isto foi executado em modo forward (jvp, jacfwd): ao lado de cada operação com valores está a operação com a tangente, e ambas são nós aqui. O modo forward não tem passagem de backward própria para percorrer.</translation>
    </message>
    <message id="origin.func_forward">
        <source>This ran inside torch.func.grad or its like. For its backward pass torch.func makes a graph of its own, which it lets go of at its end; where something outside requires a gradient, the graph outside records the same operations.</source>
        <translation>Isto foi executado dentro de torch.func.grad ou algo parecido. Para a sua passagem de backward, torch.func faz um grafo próprio, que descarta no fim; onde algo de fora requer gradiente, o grafo de fora registra as mesmas operações.</translation>
    </message>
    <message id="origin.vmap">
        <source>This ran inside torch.vmap: one node for the whole batch. Value and gradient have the batch's dimension, which the function does not see.</source>
        <translation>Isto foi executado dentro de torch.vmap: um nó para o lote inteiro. Valor e gradiente têm a dimensão do lote, que a função não vê.</translation>
    </message>
    <message id="value.not_recorded">
        <source>This value was not recorded.</source>
        <translation>Este valor não foi registrado.</translation>
    </message>
    <message id="jacobian.unfit">
        <source>What is kept of {kind} does not fit its record: {reason}.</source>
        <translation>O que está guardado de {kind} não combina com o seu registro: {reason}.</translation>
    </message>
    <message id="cell.unfit">
        <source>What is kept of {kind} does not fit its rule: {reason}.</source>
        <translation>O que está guardado de {kind} não combina com a sua regra: {reason}.</translation>
    </message>
    <message id="differences.device">
        <source>What runs on another device than the CPU is not run again in a copy.</source>
        <translation>O que é executado em outro dispositivo que não a CPU não é executado de novo numa cópia.</translation>
    </message>
    <message id="differences.no_pass">
        <source>What this pass went back over is not known any more: the program has gone on since, or was never run. Open a pass of the strip, or run the program.</source>
        <translation>Já não se sabe por onde esta passagem voltou: o programa seguiu adiante desde então, ou nunca foi executado. Abra uma passagem da faixa, ou execute o programa.</translation>
    </message>
    <message id="origin.packed">
        <source>What this saves for backward goes through {pack} and comes back through {unpack}, hooks of the program. Nobody here calls them, so what they give is not shown.</source>
        <translation>O que isto guarda para o backward passa por {pack} e volta por {unpack}, hooks do programa. Ninguém aqui os chama, então o que eles dão não é mostrado.</translation>
    </message>
    <message id="origin.on_cpu">
        <source>What this saves for backward is kept on the CPU, and comes back when the node runs: save_on_cpu{where}.</source>
        <translation>O que isto guarda para o backward fica na CPU, e volta quando o nó é executado: save_on_cpu{where}.</translation>
    </message>
    <message id="differences.compiled">
        <source>What torch.compile makes is one piece, of which no part is run again in float64.</source>
        <translation>O que torch.compile faz é uma peça só, de que nenhuma parte é executada de novo em float64.</translation>
    </message>
    <message id="cell.not_kept">
        <source>What {kind} had saved as {name} is not kept any more. Step through the program (Ctrl+Shift+Enter): while a pass is held it is.</source>
        <translation>O que {kind} tinha guardado como {name} já não existe. Execute o programa passo a passo (Ctrl+Shift+Enter): enquanto uma passagem está retida, existe.</translation>
    </message>
    <message id="jacobian.not_kept">
        <source>What {kind} had saved as {name} is not kept: step the pass and look before the node runs.</source>
        <translation>O que {kind} tinha guardado como {name} não existe mais: percorra a passagem e olhe antes que o nó seja executado.</translation>
    </message>
    <message id="origin.reentrant">
        <source>When this node runs, torch runs the forward of the checkpoint again, and inside of this node a backward pass through it. That graph is made and let go of there, and is not shown; what it brings to the parameters goes straight into their .grad. With use_reentrant=False these are nodes of this graph.</source>
        <translation>Quando este nó é executado, o torch executa de novo o forward do checkpoint, e dentro deste nó uma passagem de backward por ele. Esse grafo é feito e descartado ali, e não é mostrado; o que ele traz aos parâmetros vai direto para o .grad deles. Com use_reentrant=False, eles são nós deste grafo.</translation>
    </message>
    <message id="origin.pass_inside">
        <source>While this node ran, {n} ran inside of it, called as {origin} at line {line}. It has a graph of its own, which is not shown, and what it writes into a .grad is there beside what this pass brings.</source>
        <translation>Enquanto este nó era executado, houve dentro dele {n}, por {origin} na linha {line}. Isso tem um grafo próprio, que não é mostrado, e o que escreve num .grad está lá além do que esta passagem traz.</translation>
    </message>
    <message id="words.a_node">
        <source>a node</source>
        <translation>um nó</translation>
    </message>
    <message id="cell.constant">
        <source>a number without a gradient</source>
        <translation>um número sem gradiente</translation>
    </message>
    <message id="words.give_name">
        <source>give it a name, and select that variable</source>
        <translation>dê um nome a isso, e selecione essa variável</translation>
    </message>
    <message id="cell.handed">
        <source>handed to the pass</source>
        <translation>entregue à passagem</translation>
    </message>
    <message id="words.not_once">
        <source>not once</source>
        <translation>nenhuma vez</translation>
    </message>
    <message id="words.select">
        <source>select {variable} among the variables</source>
        <translation>selecione {variable!s} entre as variáveis</translation>
    </message>
    <message id="cell.slope">
        <source>slope</source>
        <translation>inclinação</translation>
    </message>
    <message id="cell.slope_at">
        <source>slope at {place}</source>
        <translation>inclinação em {place}</translation>
    </message>
    <message id="words.the_pass">
        <source>the pass</source>
        <translation>a passagem</translation>
    </message>
    <message id="origin.func_backward">
        <source>torch.func ran its backward pass here, over a graph of its own that it lets go of at its end; this node is how the graph outside has recorded it.</source>
        <translation>torch.func fez aqui a sua passagem de backward, sobre um grafo próprio que ele descarta no fim; este nó é como o grafo de fora a registrou.</translation>
    </message>
    <message id="cell.what_sent">
        <source>what {kind} sent</source>
        <translation>o que {kind} enviou</translation>
    </message>
    <message id="cell.partial">
        <source>{arrived} of {expected} gradients have come so far.</source>
        <translation>{arrived} de {expected} gradientes chegaram até agora.</translation>
    </message>
    <message id="device.copied">
        <source>{call} copied it from {before} to {after}: {n_bytes:,} bytes went from the memory of one device to that of the other.</source>
        <translation>{call} o copiou de {before} para {after}: {n_bytes:,} bytes foram da memória de um dispositivo para a do outro.</translation>
    </message>
    <message id="dtype.of_bools">
        <source>{call} infers bool, for all that it was given is True or False. One whole number among them would make it int64.</source>
        <translation>{call} infere bool, pois tudo o que recebeu é True ou False. Um só número inteiro entre eles faria dele int64.</translation>
    </message>
    <message id="dtype.of_ints">
        <source>{call} infers int64, for among its numbers whole ones of Python are the highest kind. One float among them, 1.0 say, would make it {default}, the default dtype.</source>
        <translation>{call} infere int64, pois entre os seus números os inteiros do Python são o tipo mais alto. Um só float entre eles, como 1.0, faria dele {default}, o dtype padrão.</translation>
    </message>
    <message id="dtype.of_floats">
        <source>{call} infers {default}, the default dtype, for among its numbers is a float of Python{where}. Whole numbers alone would make it int64.</source>
        <translation>{call} infere {default}, o dtype padrão, pois entre os seus números há um float do Python{where}. Só números inteiros fariam dele int64.</translation>
    </message>
    <message id="dtype.of_complex">
        <source>{call} infers {dtype}, for among its numbers is a complex number of Python{where}; its two parts are of the default dtype, {default}.</source>
        <translation>{call} infere {dtype}, pois entre os seus números há um número complexo do Python{where}; suas duas partes têm o dtype padrão, {default}.</translation>
    </message>
    <message id="dtype.converted">
        <source>{call} made it of {before}, {each} B a number: {n_before:,} B became {n_after:,} B, in memory of its own. The tensor before is as it was.</source>
        <translation>{call} o fez de {before}, {each} B por número: {n_before:,} B viraram {n_after:,} B, em memória própria. O tensor de antes continua como era.</translation>
    </message>
    <message id="dtype.of_indices">
        <source>{call} makes {dtype} unless dtype= says otherwise: its numbers serve as indices.</source>
        <translation>{call} faz {dtype}, a menos que dtype= diga outra coisa: seus números servem de índices.</translation>
    </message>
    <message id="device.to_meta">
        <source>{call} took it from {before} to meta, where a tensor has a shape and a dtype, and no numbers: none were copied.</source>
        <translation>{call} o levou de {before} para meta, onde um tensor tem forma e dtype, e nenhum número: nenhum foi copiado.</translation>
    </message>
    <message id="dtype.of_tensor">
        <source>{call} was given a tensor, and keeps its dtype, {dtype}.</source>
        <translation>{call} recebeu um tensor, e mantém o dtype dele, {dtype}.</translation>
    </message>
    <message id="dtype.default">
        <source>{call} was given no dtype= and no numbers to go by, and takes the default dtype, {dtype}.</source>
        <translation>{call} não recebeu dtype= nem números por que se guiar, e toma o dtype padrão, {dtype}.</translation>
    </message>
    <message id="dtype.whatever_numbers">
        <source>{call} was given no dtype=, and takes the default dtype, {dtype}, whatever its numbers are.</source>
        <translation>{call} não recebeu dtype=, e toma o dtype padrão, {dtype}, sejam quais forem seus números.</translation>
    </message>
    <message id="dtype.of_array">
        <source>{call} was given numbers of NumPy, and keeps their dtype, {dtype}. Of Python's floats NumPy makes float64, and torch its default dtype, {default}.</source>
        <translation>{call} recebeu números do NumPy, e mantém o dtype deles, {dtype}. Dos floats do Python o NumPy faz float64, e o torch o seu dtype padrão, {default}.</translation>
    </message>
    <message id="dtype.asked">
        <source>{call} was told its dtype, {dtype}.</source>
        <translation>{call} recebeu o dtype pedido, {dtype}.</translation>
    </message>
    <message id="cell.of_pass">
        <source>{gradient} of pass {number}</source>
        <translation>{gradient} da passagem {number}</translation>
    </message>
    <message id="jacobian.cannot_be_asked">
        <source>{kind} has no record, and cannot be called: it is the program's own, or its pass has freed what it saved. Step the pass and look before the node runs.</source>
        <translation>{kind} não tem registro e não pode ser chamado: é do próprio programa, ou a passagem dele liberou o que ele guardava. Percorra a passagem e olhe antes que o nó seja executado.</translation>
    </message>
    <message id="cell.of_one">
        <source>{kind} works it out of this one number.</source>
        <translation>{kind} o calcula a partir deste único número.</translation>
    </message>
    <message id="cell.of_many">
        <source>{kind} works it out of {count} numbers together, not as a sum of terms.</source>
        <translation>{kind} o calcula a partir de {count} números juntos, não como soma de termos.</translation>
    </message>
    <message id="count.other_passes" numerus="yes">
        <source>{n:,} other passes</source>
        <translation>
            <numerusform>outra passagem</numerusform>
            <numerusform>outras {n:,} passagens</numerusform>
        </translation>
    </message>
    <message id="words.name">
        <source>{name}</source>
        <translation>{name!s}</translation>
    </message>
    <message id="tensor.no_gradient_yet">
        <source>{name} has no gradient yet.</source>
        <translation>{name} ainda não tem gradiente.</translation>
    </message>
    <message id="zero.in_grad">
        <source>{name}.grad is 0 everywhere.</source>
        <translation>{name}.grad é 0 em toda parte.</translation>
    </message>
    <message id="account.forgotten">
        <source>{norm} of this pass += {before} from {n} before: zero_grad was not called, although the leaf was updated in between.</source>
        <translation>{norm} desta passagem += {before} de {n} antes: zero_grad não foi chamado, embora a folha tenha sido atualizada nesse meio-tempo.</translation>
    </message>
    <message id="account.micro_batches">
        <source>{norm} of this pass += {before} from {n} before: zero_grad was not called, and the leaf was not updated in between, as with micro-batches.</source>
        <translation>{norm} desta passagem += {before} de {n} antes: zero_grad não foi chamado, e a folha não foi atualizada nesse meio-tempo, como com microlotes.</translation>
    </message>
    <message id="account.from_before">
        <source>{norm} of this pass += {before} that was there before this run's first pass.</source>
        <translation>{norm} desta passagem += {before} que já estava lá antes da primeira passagem desta execução.</translation>
    </message>
    <message id="account.alone">
        <source>{norm} of this pass alone: .grad was empty or zero before.</source>
        <translation>{norm} só desta passagem: .grad estava vazio ou zerado antes.</translation>
    </message>
    <message id="count.passes_inside" numerus="yes">
        <source>{n} other backward passes</source>
        <translation>
            <numerusform>outra passagem de backward</numerusform>
            <numerusform>{n} outras passagens de backward</numerusform>
        </translation>
    </message>
    <message id="count.times" numerus="yes">
        <source>{n} times</source>
        <translation>
            <numerusform>uma vez</numerusform>
            <numerusform>{n} vezes</numerusform>
        </translation>
    </message>
    <message id="saved.freed">
        <source>{origin} (line {line}) freed it once it had run.</source>
        <translation>{origin} (linha {line}) o liberou depois de executado.</translation>
    </message>
    <message id="saved.retained">
        <source>{origin} (line {line}) retained it: retain_graph.</source>
        <translation>{origin} (linha {line}) o manteve: retain_graph.</translation>
    </message>
    <message id="not_finite.origin_not_kept">
        <source>NaN or Inf is in this gradient; of what first made it nothing is kept. Stepped, the program is held there.</source>
        <translation>Há NaN ou Inf neste gradiente; do que o fez primeiro, nada foi mantido. Passo a passo, o programa para ali.</translation>
    </message>
    <message id="not_finite.at_node">
        <source>{kind} made the first number that is not finite.</source>
        <translation>{kind} fez o primeiro número que não é finito.</translation>
    </message>
    <message id="zero.from_the_start">
        <source>{origin} began with a gradient of zeros.</source>
        <translation>{origin} começou com um gradiente de zeros.</translation>
    </message>
    <message id="words.text_at_line">
        <source>{text} at line {line}</source>
        <translation>{text!s} na linha {line}</translation>
    </message>
    <message id="origin.recomputed">
        <source>{where} keeps nothing of this for backward: the first of its nodes that needs something makes its forward run again, and what that makes is let go of after use. So far it has run again {n}.</source>
        <translation>{where} não guarda nada disto para o backward: o primeiro dos seus nós que precisa de algo faz o forward ser executado de novo, e o que isso faz é descartado depois do uso. Até agora foi executado de novo {n}.</translation>
    </message>
    <message id="saved.written">
        <source>{writer} at line {line} changed it in place.</source>
        <translation>{writer} na linha {line} o mudou in-place.</translation>
    </message>
    <message id="saved.written_through_data">
        <source>{writer} at line {line} changed it through .data, which its version does not tell: backward takes the new numbers.</source>
        <translation>{writer}, na linha {line}, alterou-o por .data, o que a versão não revela: o backward usa os novos números.</translation>
    </message>
    <message id="views.written_by">
        <source>{writer} at line {line} wrote through a view: since then {kind} stands for the base, and its views start from that.</source>
        <translation>{writer} na linha {line} escreveu por meio de uma view: desde então {kind} representa a base, e as views dela partem dali.</translation>
    </message>
    <message id="words.nodes_inside">
        <source>{n} ({names})</source>
        <translation>{n} ({names})</translation>
    </message>
    <message id="count.nodes_inside" numerus="yes">
        <source>{n:,} nodes</source>
        <translation>
            <numerusform>{n} nó</numerusform>
            <numerusform>{n:,} nós</numerusform>
        </translation>
    </message>
    <message id="origin.compiled">
        <source>torch.compile made one piece of this region. Its gradients come from compiled code, in which there are no nodes: no step and no breakpoint holds any part of it. Its operations are nodes where the program runs with torch.compiler.set_stance('force_eager').</source>
        <translation>torch.compile fez desta região uma só peça. Os gradientes dela vêm de código compilado, no qual não há nós: nenhum passo e nenhum ponto de parada retém parte alguma dele. As operações dela são nós onde o programa roda com torch.compiler.set_stance('force_eager').</translation>
    </message>
    <message id="origin.not_held_inside">
        <source>It ran {nodes} there. No step and no breakpoint holds one of them: their graph is there only while this node runs.</source>
        <translation>Ele executou {nodes} ali. Nenhum passo e nenhum ponto de parada retém um deles: o grafo deles só existe enquanto este nó é executado.</translation>
    </message>
</context>
</TS>
