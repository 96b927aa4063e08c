<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>unsaid</name>
    <message id="notice.rising">
        <source>From pass {first} on the loss of {origin} (line {line}) grows without end: it was {before} before, {after} there and {end} in pass {last}. Each step overshoots: take a tenth of the rate, or clip the gradients (torch.nn.utils.clip_grad_norm_).</source>
        <translation>A partir da passagem {first}, a perda de {origin} (linha {line}) cresce sem fim: era {before} antes, {after} ali e {end} na passagem {last}. Cada passo vai longe demais: tome um décimo da taxa ou limite os gradientes (torch.nn.utils.clip_grad_norm_).</translation>
    </message>
    <message id="notice.rising_with_rate">
        <source>From pass {first} on the loss of {origin} (line {line}) grows without end: it was {before} before, {after} there and {end} in pass {last}. Each step overshoots; the rate of {name} is {rate} now. Take a tenth of it, or clip the gradients (torch.nn.utils.clip_grad_norm_).</source>
        <translation>A partir da passagem {first}, a perda de {origin} (linha {line}) cresce sem fim: era {before} antes, {after} ali e {end} na passagem {last}. Cada passo vai longe demais; a taxa de {name} agora é {rate}. Tome um décimo dela ou limite os gradientes (torch.nn.utils.clip_grad_norm_).</translation>
    </message>
    <message id="notice.loss_not_finite">
        <source>In pass {number} of {n} the loss of {origin} (line {line}) is {loss}. F7 goes to the operation that made the first such number, and says why and what is usually done.</source>
        <translation>Na passagem {number} de {n} a perda de {origin} (linha {line}) é {loss}. F7 leva à operação que fez o primeiro número assim, e diz por que e o que se costuma fazer.</translation>
    </message>
    <message id="notice.gradient_not_finite">
        <source>In pass {number} of {n}, of {origin} (line {line}), gradients are NaN or infinite. F7 goes to the operation that made the first such number, and says why and what is usually done.</source>
        <translation>Na passagem {number} de {n}, de {origin} (linha {line}), gradientes são NaN ou infinitos. F7 leva à operação que fez o primeiro número assim, e diz por que e o que se costuma fazer.</translation>
    </message>
    <message id="notice.padding_filled">
        <source>Row {row} of {name} is its padding and is not 0, as after an initialiser that fills all rows: {expression} (line {line}) takes it into the loss, and no gradient ever changes it. Set it to 0 under torch.no_grad(), or leave the places of padding out.</source>
        <translation>A linha {row} de {name} é o seu padding e não é 0, como depois de um inicializador que enche todas as linhas: {expression} (linha {line}) a leva para a perda, e nenhum gradiente jamais a muda. Ponha-a em 0 sob torch.no_grad(), ou deixe de fora as posições de padding.</translation>
    </message>
    <message id="notice.advantage">
        <source>{advantage} weighs a log-probability in {product} and carries a gradient: so the loss of the policy moves the value, too, that it is judged by. Weigh with {name}.detach().</source>
        <translation>{advantage} pesa uma log-probabilidade em {product} e carrega um gradiente: assim a perda da política move também o valor pelo qual é julgada. Pese com {name}.detach().</translation>
    </message>
    <message id="notice.copied_into_itself">
        <source>{expression} (line {line}) copies a network into itself: {target} and {source} are one, so that what changes the one changes the other. Make a copy at the start: {target} = copy.deepcopy({source}).</source>
        <translation>{expression} (linha {line}) copia uma rede nela mesma: {target} e {source} são uma só, e o que muda uma muda a outra. Faça uma cópia no início: {target} = copy.deepcopy({source}).</translation>
    </message>
    <message id="notice.zero_logarithm">
        <source>{expression} (line {line}) is 0 in {n:,} of {n_all:,} elements, and {logarithm} takes the logarithm of it: no gradient leads back from there. What must stay above 0, as a standard deviation, is made by F.softplus(x) + 1e-5, or by exp().</source>
        <translation>{expression} (linha {line}) é 0 em {n:,} de {n_all:,} elementos, e {logarithm} tira o logaritmo disso: dali nenhum gradiente volta. O que tem de ficar acima de 0, como um desvio padrão, se faz com F.softplus(x) + 1e-5, ou com exp().</translation>
    </message>
    <message id="notice.died_after_step">
        <source>{expression} (line {line}) lets no gradient through since pass {first}: the step after pass {last} was far too large, and took the loss from {before} to {after}. A smaller rate keeps units alive.</source>
        <translation>{expression} (linha {line}) não deixa passar gradiente desde a passagem {first}: o passo depois da passagem {last} foi grande demais e levou a perda de {before} a {after}. Uma taxa menor mantém vivas as unidades.</translation>
    </message>
    <message id="notice.died">
        <source>{expression} (line {line}) lets no gradient through since pass {first}; in pass {last} it did. A smaller rate keeps units alive.</source>
        <translation>{expression} (linha {line}) não deixa passar gradiente desde a passagem {first}; na passagem {last} ainda deixava. Uma taxa menor mantém vivas as unidades.</translation>
    </message>
    <message id="notice.norm_of_one">
        <source>{expression} (line {line}) normalises each element by itself: less its own mean it is 0 whatever comes in, so that no gradient goes further back. Let a group have several elements.</source>
        <translation>{expression} (linha {line}) normaliza cada elemento por si só: menos a própria média ele é 0, venha o que vier, e nenhum gradiente segue para trás. Deixe um grupo ter vários elementos.</translation>
    </message>
    <message id="notice.limited">
        <source>{expression} (line {line}) stops the gradient of {n:,} of {n_all:,} elements: their values lie at its limits or beyond. Widen them, or scale what comes in.</source>
        <translation>{expression} (linha {line}) detém o gradiente de {n:,} de {n_all:,} elementos: seus valores estão nos limites ou além deles. Alargue os limites ou reduza a escala do que entra.</translation>
    </message>
    <message id="notice.penalty_axes">
        <source>{expression} (line {line}) takes {n:,} norms of a gradient of shape {shape}, and {n_results:,} results were differentiated: a sample's norm goes over all axes but the first. Write .flatten(1).norm(dim=1).</source>
        <translation>{expression} (linha {line}) toma {n:,} normas de um gradiente de forma {shape}, e {n_results:,} resultados foram derivados: a norma de uma amostra passa por todos os eixos menos o primeiro. Escreva .flatten(1).norm(dim=1).</translation>
    </message>
    <message id="notice.repeated_index">
        <source>{expression} writes {n:,} values to {n_places:,} places: where an index comes more than once, one of its values stays, and the gradient of the place goes to all of them. To add them up, use index_add, scatter_add or index_put(…, accumulate=True).</source>
        <translation>{expression} escreve {n:,} valores em {n_places:,} lugares: onde um índice se repete, fica um só dos seus valores, e o gradiente do lugar vai para todos. Para somá-los, use index_add, scatter_add ou index_put(…, accumulate=True).</translation>
    </message>
    <message id="notice.tied_by_numbers">
        <source>{first} and {second} lie in the same memory and are two parameters: each gets a gradient of its own, and {optimizer} changes the numbers twice in each step. Let them be one: {second} = {first}.</source>
        <translation>{first} e {second} ficam na mesma memória e são dois parâmetros: cada um recebe um gradiente próprio, e {optimizer} muda os números duas vezes em cada passo. Faça deles um só: {second} = {first}.</translation>
    </message>
    <message id="notice.gradient_without_graph">
        <source>{grad} (line {line}) computes a gradient without a graph: in {expression} it is a number, and nothing learns from it. Pass create_graph=True to that call.</source>
        <translation>{grad} (linha {line}) calcula um gradiente sem grafo: em {expression} ele é um número, e nada aprende com ele. Passe create_graph=True a essa chamada.</translation>
    </message>
    <message id="count.other_tensors" numerus="yes">
        <source>{n:,} other tensors</source>
        <translation>
            <numerusform>outro tensor</numerusform>
            <numerusform>outros {n:,} tensores</numerusform>
        </translation>
    </message>
    <message id="count.tensors" numerus="yes">
        <source>{n:,} tensors</source>
        <translation>
            <numerusform>{n} tensor</numerusform>
            <numerusform>{n:,} tensores</numerusform>
        </translation>
    </message>
    <message id="notice.alike">
        <source>{names}: all {n:,} units have the same weights and get the same gradient, so that they stay one unit for ever. Let weights begin at random, as nn.init.kaiming_uniform_ does.</source>
        <translation>{names}: todas as {n:,} unidades têm os mesmos pesos e recebem o mesmo gradiente, de modo que ficam para sempre uma só. Deixe os pesos começarem ao acaso, como faz nn.init.kaiming_uniform_.</translation>
    </message>
    <message id="notice.taken_as_number">
        <source>{name} got no gradient: {expression} (line {line}) takes its number alone, and numbers carry no graph. Compute with {name} itself.</source>
        <translation>{name} não recebeu gradiente: {expression} (linha {line}) toma só o seu número, e números não carregam grafo. Calcule com o próprio {name}.</translation>
    </message>
    <message id="notice.sampled">
        <source>{name} is drawn by {expression} (line {line}), and a sample passes no gradient on to its distribution, which is trained here all the same. Use .rsample(), or mean + deviation * torch.randn_like(mean).</source>
        <translation>{name} é sorteado por {expression} (linha {line}), e uma amostra não passa gradiente à sua distribuição, que mesmo assim é treinada aqui. Use .rsample(), ou mean + deviation * torch.randn_like(mean).</translation>
    </message>
    <message id="notice.frozen_at">
        <source>{name} trains nothing of {names}: since {expression} (line {line}) they do not require a gradient. Leave that out where they are to be trained, else them.</source>
        <translation>{name} não treina nada de {names}: desde {expression} (linha {line}) não requerem gradiente. Retire isso onde devem ser treinados; senão, retire-os do otimizador.</translation>
    </message>
    <message id="notice.frozen">
        <source>{name} trains nothing of {names}: they do not require a gradient. Set requires_grad to True, or leave them out.</source>
        <translation>{name} não treina nada de {names}: não requerem gradiente. Ponha requires_grad em True ou deixe-os de fora.</translation>
    </message>
    <message id="grad.frozen">
        <source>{name}.grad is None: since {expression} at line {line} {name} does not require a gradient. Leave that out where it is to be trained.</source>
        <translation>{name}.grad é None: desde {expression}, na linha {line}, {name} não requer gradiente. Retire isso onde deve ser treinado.</translation>
    </message>
    <message id="notice.judged">
        <source>{origin} (line {line}) brings a gradient to {names}, too, and {optimizer} steps by it and by that of line {other} together: what is to raise a judgement then trains the judge. Call {optimizer}.step() before it.</source>
        <translation>{origin} (linha {line}) também leva um gradiente a {names}, e {optimizer} dá o passo por ele e pelo da linha {other} juntos: o que deve elevar um julgamento treina então o juiz. Chame {optimizer}.step() antes.</translation>
    </message>
    <message id="notice.drops_all">
        <source>{path} drops everything: its p, the share of elements that is made 0, is 1. Nothing before it gets a gradient. Give it the share that is to be dropped, as 0.1.</source>
        <translation>{path} descarta tudo: seu p, a parte dos elementos que vira 0, é 1. Nada antes dele recebe gradiente. Dê-lhe a parte que deve ser descartada, como 0.1.</translation>
    </message>
    <message id="notice.not_frozen">
        <source>{path}.requires_grad = False freezes nothing: a module has no such switch, and its parameters go on to require a gradient. Call {path}.requires_grad_(False).</source>
        <translation>{path}.requires_grad = False não congela nada: um módulo não tem essa chave, e seus parâmetros continuam a requerer gradiente. Chame {path}.requires_grad_(False).</translation>
    </message>
    <message id="notice.nothing_to_step">
        <source>{step} (line {step_line}) found no gradient and changed nothing: no pass has reached the parameters that {name} holds. {origin} (line {line}) brought one to {reached}: make {name} of what is used.</source>
        <translation>{step} (linha {step_line}) não encontrou gradiente e não mudou nada: nenhuma passagem alcançou os parâmetros que {name} contém. {origin} (linha {line}) levou um a {reached}: crie {name} com o que é usado.</translation>
    </message>
    <message id="notice.cut_from_step">
        <source>{step} (line {step_line}) found no gradient and changed nothing: {expression} at line {cut_line} cuts off the parameters of {name}, so that {origin} (line {line}) brought one to {reached} alone.</source>
        <translation>{step} (linha {step_line}) não encontrou gradiente e não mudou nada: {expression}, na linha {cut_line}, desliga os parâmetros de {name}, de modo que {origin} (linha {line}) levou um só a {reached}.</translation>
    </message>
    <message id="notice.own_target">
        <source>{target} is what {loss} compares a value with, and carries a gradient to the same network: it comes to the value as the value does to it. Compute it under torch.no_grad(), or .detach() it.</source>
        <translation>{target} é com o que {loss} compara um valor, e carrega um gradiente à mesma rede: ele vai ao valor como o valor vai a ele. Calcule-o sob torch.no_grad(), ou use .detach() nele.</translation>
    </message>
    <message id="notice.equal_sides">
        <source>{loss} compares {value} with itself: {cut} has the same numbers and passes no gradient on, so that the loss is 0, and what comes back from it. Compare with another view of the input, another network, or a mean of the weights.</source>
        <translation>{loss} compara {value} consigo mesmo: {cut} tem os mesmos números e não repassa gradiente, de modo que a perda é 0, e o que volta dela também. Compare com outra vista da entrada, outra rede, ou uma média dos pesos.</translation>
    </message>
    <message id="notice.missed_term">
        <source>{term} brings nothing to the parameters of {name}, which steps by this loss: {cut} cuts them off. Use the tensor itself there.</source>
        <translation>{term} não leva nada aos parâmetros de {name}, que dá o passo por esta perda: {cut} os separa. Use ali o próprio tensor.</translation>
    </message>
    <message id="notice.number_added">
        <source>{term} is a number in {expression} (line {line}): {taken} took it out of the graph, so that it is in the value and no gradient goes through it. Compute with the tensor itself.</source>
        <translation>{term} é um número em {expression} (linha {line}): {taken} o tirou do grafo; ele está no valor, e nenhum gradiente passa por ele. Calcule com o próprio tensor.</translation>
    </message>
    <message id="notice.breakpoint_not_held">
        <source>The breakpoint at {place} has held nothing: no node of the graph lies there. {reason}</source>
        <translation>O ponto de parada em {place!s} não reteve nada: nenhum nó do grafo está lá. {reason}</translation>
    </message>
    <message id="notice.breakpoint_nowhere">
        <source>The breakpoint at {place} has held nothing: no node that a pass ran lies there.</source>
        <translation>O ponto de parada em {place!s} não reteve nada: nenhum nó que uma passagem executou está lá.</translation>
    </message>
    <message id="notice.breakpoint_beyond">
        <source>The breakpoint at pass {number} has held nothing: the run had {passes}.</source>
        <translation>O ponto de parada na passagem {number} não reteve nada: a execução teve {passes}.</translation>
    </message>
    <message id="words.ran_inside">
        <source>{node} ran {nodes} in a pass of its own, whose graph is there only while that node runs: none of them can be held.</source>
        <translation>{node!s} executou {nodes} numa passagem própria, cujo grafo só existe enquanto esse nó é executado: nenhum deles pode ser retido.</translation>
    </message>
    <message id="words.ran_compiled">
        <source>{node} is a region that torch.compile made one piece of, and nothing inside of it can be held.</source>
        <translation>{node!s} é uma região da qual torch.compile fez uma só peça, e nada dentro dela pode ser retido.</translation>
    </message>
    <message id="notice.numbers_before">
        <source>{names} got no gradient: {origin} (line {line}) did not reach them. {taken} at line {taken_line} took numbers of shape {shape} out of a graph, as {expression} (line {used_line}) gets them, and numbers carry no gradient: go on with the tensor itself.</source>
        <translation>{names!s} não recebeu gradiente: {origin} (linha {line}) não chegou lá. {taken} na linha {taken_line} tirou números de forma {shape} de um grafo, como os que {expression} (linha {used_line}) recebe, e números não levam gradiente: continue com o próprio tensor.</translation>
    </message>
    <message id="notice.weights_of_another_axis">
        <source>{outer} adds up along the last axis of its weights, and {inner} (line {line}) normalises them along axis {axis} of {rank}: those that are added up do not make 1. Give it dim=-1.</source>
        <translation>{outer} soma ao longo do último eixo dos seus pesos, e {inner} (linha {line}) os normaliza ao longo do eixo {axis} de {rank}: os que são somados não perfazem 1. Dê-lhe dim=-1.</translation>
    </message>
    <message id="notice.padded_targets">
        <source>{loss} averages over {n:,} targets, of which {n_padded:,} are {row}, the padding of {embedding} (line {line}): the network learns to answer padding. Give it ignore_index={row}.</source>
        <translation>{loss} faz a média de {n:,} alvos, dos quais {n_padded:,} são {row}, o padding de {embedding} (linha {line}): a rede aprende a responder padding. Dê-lhe ignore_index={row}.</translation>
    </message>
    <message id="notice.masked_mean">
        <source>{mean} divides by all {n:,} places, of which the mask leaves {n_left:,}: the more it leaves out, the smaller the loss and its gradients. Divide the sum by that of the mask.</source>
        <translation>{mean} divide por todas as {n:,} posições, das quais a máscara deixa {n_left:,}: quanto mais ela exclui, menores a perda e os gradientes. Divida a soma pela da máscara.</translation>
    </message>
    <message id="notice.answer_seen">
        <source>{expression} sees the answers: of {n_all:,} places {n:,} attend to the token behind them, which {loss} (line {line}) asks for there, so that it can be copied. Let each place attend to itself and those before: scores.masked_fill(torch.tril(torch.ones(T, T)) == 0, float('-inf')) before the softmax, or is_causal=True.</source>
        <translation>{expression} vê as respostas: de {n_all:,} posições, {n:,} prestam atenção ao token que vem depois delas, que {loss} (linha {line}) pede ali, de modo que ele pode ser copiado. Deixe cada posição prestar atenção a si mesma e às anteriores: scores.masked_fill(torch.tril(torch.ones(T, T)) == 0, float('-inf')) antes do softmax, ou is_causal=True.</translation>
    </message>
    <message id="notice.kl_first_no_logarithm">
        <source>{expression} takes logarithms of probabilities first, and gets probabilities there: they add up to 1. Where they are the target, they come second, and the logarithms of the prediction first; else take their .log().</source>
        <translation>{expression} toma primeiro logaritmos de probabilidades, e ali recebe probabilidades: elas somam 1. Se são o alvo, vêm em segundo lugar, e primeiro os logaritmos da predição; senão, tome o .log() delas.</translation>
    </message>
    <message id="notice.kl_of_scores">
        <source>{expression} takes logarithms of probabilities first, which are never above 0, and gets numbers up to {high}: the loss has no lower end. Use F.log_softmax before.</source>
        <translation>{expression} toma primeiro logaritmos de probabilidades, que nunca passam de 0, e recebe números até {high}: a perda não tem limite inferior. Use F.log_softmax antes.</translation>
    </message>
    <message id="notice.kl_target_no_logarithm">
        <source>{expression} takes logarithms as target, as log_target=True says, and gets probabilities. Leave log_target out.</source>
        <translation>{expression} toma logaritmos como alvo, como diz log_target=True, e recebe probabilidades. Deixe log_target de fora.</translation>
    </message>
    <message id="notice.kl_target_no_probability">
        <source>{expression} takes probabilities as target, and gets numbers down to {low}, whose logarithm is NaN. {cure}.</source>
        <translation>{expression} toma probabilidades como alvo, e recebe números que descem até {low}, cujo logaritmo é NaN. {cure}.</translation>
    </message>
    <message id="words.say_log_target">
        <source>They are logarithms of probabilities: say log_target=True</source>
        <translation>São logaritmos de probabilidades: diga log_target=True</translation>
    </message>
    <message id="words.softmax_of_target">
        <source>Use F.softmax of it before</source>
        <translation>Use F.softmax dele antes</translation>
    </message>
    <message id="notice.driven_apart">
        <source>{expression} comes into the loss with the sign that makes a divergence larger: by its gradient each step drives the two distributions apart. Turn its sign where they are to come together.</source>
        <translation>{expression} entra na perda com o sinal que aumenta uma divergência: pelo seu gradiente, cada passo afasta as duas distribuições. Inverta o sinal se elas devem se aproximar.</translation>
    </message>
    <message id="notice.step_without_gradient">
        <source>{step} (line {step_line}) found no gradient and changed nothing: {why}</source>
        <translation>{step} (linha {step_line}) não encontrou gradiente e não mudou nada: {why}</translation>
    </message>
    <message id="notice.step_before_pass">
        <source>it runs before {origin} (line {line}), which brings them to the parameters of {name}. Call it after that, and zero_grad() before.</source>
        <translation>roda antes de {origin} (linha {line}), que os leva aos parâmetros de {name}. Chame-o depois disso, e zero_grad() antes.</translation>
    </message>
    <message id="notice.answer_from_behind">
        <source>{expression} sees the answers: it is bidirectional, and reads each sequence from its end as well, so that every place knows the token behind it, for which {loss} (line {line}) asks there. Make it without bidirectional=True.</source>
        <translation>{expression} vê as respostas: é bidirecional e lê cada sequência também a partir do fim, de modo que cada posição conhece o token seguinte, que {loss} (linha {line}) pede ali. Crie-a sem bidirectional=True.</translation>
    </message>
    <message id="notice.answer_ahead">
        <source>{expression} sees the answers: its padding on both sides lets each place read {n:,} further on, and {loss} (line {line}) asks there for the next token. Pad on the left alone, as by F.pad(x, ({n_beside}, 0)), and give the convolution padding=0.</source>
        <translation>{expression} vê as respostas: seu padding dos dois lados deixa cada posição ler {n:,} adiante, e {loss} (linha {line}) pede ali o próximo token. Preencha só à esquerda, como com F.pad(x, ({n_beside}, 0)), e dê padding=0 à convolução.</translation>
    </message>
    <message id="notice.targets_not_shifted">
        <source>{loss} asks at each of {n:,} places for the very token that {words} (line {line}) has read there, which is learned by copying it. Where the next one is to be told, take tokens[:, :-1] as input and tokens[:, 1:] as target.</source>
        <translation>{loss} pede em cada uma de {n:,} posições o mesmo token que {words} (linha {line}) leu ali, o que se aprende copiando-o. Se o próximo deve ser previsto, use tokens[:, :-1] como entrada e tokens[:, 1:] como alvo.</translation>
    </message>
    <message id="notice.runs_along_batch">
        <source>{expression} runs along the first axis, which is the batch of {n_rows:,} here: each row goes on from the one before it, and no place from the place before, of which {loss} (line {line}) asks for {n_places:,}. Make it with batch_first=True.</source>
        <translation>{expression} percorre o primeiro eixo, que aqui é o lote de {n_rows:,}: cada linha continua a anterior, e nenhuma posição continua a posição anterior, das quais {loss} (linha {line}) pede {n_places:,}. Crie-a com batch_first=True.</translation>
    </message>
    <message id="words.scores_wanted">
        <source>scores, of which it makes probabilities itself</source>
        <translation>pontuações, das quais faz ele mesmo probabilidades</translation>
    </message>
    <message id="words.logarithms_wanted">
        <source>logarithms of probabilities</source>
        <translation>logaritmos de probabilidades</translation>
    </message>
    <message id="words.give_scores">
        <source>The loss cannot come near 0: give it the scores</source>
        <translation>A perda não consegue chegar perto de 0: dê-lhe as pontuações</translation>
    </message>
    <message id="words.give_logarithms">
        <source>Take their .log(), or F.cross_entropy of the scores</source>
        <translation>Tome o .log() delas, ou F.cross_entropy das pontuações</translation>
    </message>
    <message id="notice.probabilities_given">
        <source>{expression} takes {wanted}, and gets probabilities: no number is below 0, and each row adds up to 1. {cure}.</source>
        <translation>{expression} toma {wanted}, e recebe probabilidades: nenhum número está abaixo de 0, e cada linha soma 1. {cure}.</translation>
    </message>
    <message id="words.dropout_drops">
        <source>its dropout drops</source>
        <translation>o seu dropout descarta</translation>
    </message>
    <message id="words.norm_by_batch">
        <source>its batch norm goes by this batch, and learns from it</source>
        <translation>a sua normalização de lote se guia por este lote, e aprende com ele</translation>
    </message>
    <message id="notice.measured_in_training">
        <source>{expression} (line {line}) runs without a graph in training mode: {why}, so that what it gives there is not what {name} gives once it is in use. Call {name}.eval() before, and {name}.train() before the next pass.</source>
        <translation>{expression} (linha {line}) roda sem grafo em modo de treinamento: {why}, de modo que o que dá ali não é o que {name} dá quando está em uso. Chame {name}.eval() antes, e {name}.train() antes da próxima passagem.</translation>
    </message>
    <message id="cure.log_of_negative">
        <source>Clamp it first, as in torch.log(x.clamp(min=1e-8)), or let what makes it give positive numbers, as F.softplus and F.softmax do.</source>
        <translation>Limite-o antes, como em torch.log(x.clamp(min=1e-8)), ou faça com que aquilo que o calcula dê números positivos, como F.softplus e F.softmax.</translation>
    </message>
    <message id="cure.kl_target">
        <source>Give it probabilities as target, as F.softmax makes them; where they are logarithms, say log_target=True.</source>
        <translation>Dê-lhe probabilidades como alvo, como as que F.softmax faz; se são logaritmos, diga log_target=True.</translation>
    </message>
</context>
</TS>
