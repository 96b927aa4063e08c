<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>backprop_rooms</name>
    <message>
        <source>0.08, or grad * a * (1 - a), or [0, 2] = 0.08</source>
        <translation>0.08, ou grad * a * (1 - a), ou [0, 2] = 0.08</translation>
    </message>
    <message>
        <source>A line or a pass is a number from 1.</source>
        <translation>Uma linha ou uma passagem é um número a partir de 1.</translation>
    </message>
    <message>
        <source>A number, an expression in the program's names, or one cell: [0, 2] = 0.08. grad is the gradient that arrives.
Enter steps and compares; empty, it is revealed without judging.</source>
        <translation>Um número, uma expressão com os nomes do programa, ou uma célula: [0, 2] = 0.08. grad é o gradiente que chega.
Enter dá o passo e compara; vazio, ele é revelado sem avaliação.</translation>
    </message>
    <message>
        <source>Add a breakpoint</source>
        <translation>Adicionar um ponto de parada</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Adicionar…</translation>
    </message>
    <message>
        <source>Answer to the program</source>
        <translation>Resposta ao programa</translation>
    </message>
    <message>
        <source>Any node</source>
        <translation>Qualquer nó</translation>
    </message>
    <message>
        <source>Any node needs a condition: F10 holds at each as it is.</source>
        <translation>Qualquer nó precisa de uma condição: F10 já retém em cada um.</translation>
    </message>
    <message>
        <source>Be asked at each node — Ctrl+Alt+P</source>
        <translation>Ser perguntado em cada nó — Ctrl+Alt+P</translation>
    </message>
    <message>
        <source>Be asked, at each node of a pass that is held or replayed, what it will send on: switch Predict on, then Step through (Ctrl+Shift+Enter), or go back in a pass that has run.</source>
        <translation>Seja perguntado, em cada nó de uma passagem retida ou revista, o que ele vai enviar: ligue Prever e depois execute passo a passo (Ctrl+Shift+Enter), ou volte em uma passagem que já rodou.</translation>
    </message>
    <message>
        <source>Breakpoint</source>
        <translation>Ponto de parada</translation>
    </message>
    <message>
        <source>Clear the output</source>
        <translation>Limpar a saída</translation>
    </message>
    <message>
        <source>Click beside a line number, or Add…, to hold passes there.</source>
        <translation>Clique ao lado do número de uma linha, ou em Adicionar…, para reter as passagens ali.</translation>
    </message>
    <message>
        <source>Close {panel}; View, Panels brings it back</source>
        <translation>Fechar {panel}; Ver, Painéis o traz de volta</translation>
    </message>
    <message>
        <source>Columns…</source>
        <translation>Colunas…</translation>
    </message>
    <message numerus="yes">
        <source>Copied {n} characters</source>
        <translation>
            <numerusform>{n} caractere copiado</numerusform>
            <numerusform>{n} caracteres copiados</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the output</source>
        <translation>Copiar a saída</translation>
    </message>
    <message>
        <source>Dead units</source>
        <translation>Unidades mortas</translation>
    </message>
    <message>
        <source>Exploding gradient</source>
        <translation>Gradiente que explode</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Achados</translation>
    </message>
    <message>
        <source>Float {panel}</source>
        <translation>Soltar {panel}</translation>
    </message>
    <message>
        <source>Go to the line of the program</source>
        <translation>Ir à linha do programa</translation>
    </message>
    <message>
        <source>Gradients that cancel</source>
        <translation>Gradientes que se cancelam</translation>
    </message>
    <message>
        <source>Health of the pass: {findings}</source>
        <translation>Saúde da passagem: {findings}</translation>
    </message>
    <message>
        <source>Health: {findings}</source>
        <translation>Saúde: {findings}</translation>
    </message>
    <message>
        <source>Held by a breakpoint: {words}</source>
        <translation>Retido por um ponto de parada: {words}</translation>
    </message>
    <message>
        <source>Hold a pass at</source>
        <translation>Reter uma passagem em</translation>
    </message>
    <message>
        <source>Hold passes at an operation, a module, a parameter, a pass, or where a gradient turns NaN</source>
        <translation>Reter as passagens numa operação, num módulo, num parâmetro, numa passagem, ou onde um gradiente vira NaN</translation>
    </message>
    <message>
        <source>In pass {number} the first gradient that it sends on that is not finite is that of {node}, as it was kept.</source>
        <translation>Na passagem {number}, o primeiro gradiente enviado adiante que não é finito é o de {node}, como foi guardado.</translation>
    </message>
    <message>
        <source>In pass {number} the first value that is not finite is that of {node}, as it was kept.</source>
        <translation>Na passagem {number}, o primeiro valor que não é finito é o de {node}, como foi guardado.</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limite</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Linha</translation>
    </message>
    <message>
        <source>Line {line} was changed since this run began: it holds from the next run on.</source>
        <translation>A linha {line} foi alterada desde o início desta execução: o ponto de parada vale a partir da próxima.</translation>
    </message>
    <message>
        <source>Module or parameter</source>
        <translation>Módulo ou parâmetro</translation>
    </message>
    <message>
        <source>NaN or Inf</source>
        <translation>NaN ou Inf</translation>
    </message>
    <message>
        <source>Names besides the program's: {names}.</source>
        <translation>Nomes além dos do programa: {names}.</translation>
    </message>
    <message>
        <source>Never got a gradient</source>
        <translation>Nunca recebeu gradiente</translation>
    </message>
    <message>
        <source>Norm of the gradient on its way past each layer</source>
        <translation>Norma do gradiente no seu caminho depois de cada camada</translation>
    </message>
    <message numerus="yes">
        <source>Norm of the gradient past each of {n} layers, between {low} and {high}</source>
        <translation>
            <numerusform>Norma do gradiente depois de {n} camada, entre {low} e {high}</numerusform>
            <numerusform>Norma do gradiente depois de cada uma de {n} camadas, entre {low} e {high}</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing found as far as the pass was kept and has come: {words}.</source>
        <translation>Nada encontrado até onde a passagem foi guardada e chegou: {words}.</translation>
    </message>
    <message>
        <source>Nothing found: {words}, and every parameter of the modules that are trained got a gradient.</source>
        <translation>Nada encontrado: {words}, e todo parâmetro dos módulos treinados recebeu gradiente.</translation>
    </message>
    <message>
        <source>Of the pass as the program runs it: the experiment on screen is not in these numbers.</source>
        <translation>Da passagem como o programa a executa: o experimento na tela não está nestes números.</translation>
    </message>
    <message>
        <source>Of this pass only the order and the norms are kept, so that no prediction can be judged. Open a whole one of the strip, or Step through the program (Ctrl+Shift+Enter).</source>
        <translation>Desta passagem só estão guardadas a ordem e as normas, de modo que nenhuma previsão pode ser julgada. Abra uma inteira da faixa, ou execute o programa passo a passo (Ctrl+Shift+Enter).</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Operação</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Saída</translation>
    </message>
    <message>
        <source>Pass</source>
        <translation>Passagem</translation>
    </message>
    <message>
        <source>Predict asks while a pass is held: Step through the program (Ctrl+Shift+Enter).</source>
        <translation>Prever pergunta enquanto uma passagem está retida: execute o programa passo a passo (Ctrl+Shift+Enter).</translation>
    </message>
    <message>
        <source>Predicted as PyTorch orders it: AccumulateGrad first, then the largest sequence number.</source>
        <translation>Previsto na ordem do PyTorch: primeiro AccumulateGrad, depois o maior número de sequência.</translation>
    </message>
    <message>
        <source>Prediction of the gradient of {name}</source>
        <translation>Previsão do gradiente de {name}</translation>
    </message>
    <message>
        <source>Put {panel} back</source>
        <translation>Encaixar {panel} de volta</translation>
    </message>
    <message>
        <source>Ran in {time}</source>
        <translation>Rodou em {time}</translation>
    </message>
    <message>
        <source>Ready queue</source>
        <translation>Fila de prontos</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>Revelar</translation>
    </message>
    <message>
        <source>Run a program that calls backward: what is wrong with its gradients stands here, the worst first. Each line leads to its node.</source>
        <translation>Execute um programa que chama backward: o que há de errado com os seus gradientes fica aqui, o pior primeiro. Cada linha leva ao seu nó.</translation>
    </message>
    <message>
        <source>Saturated</source>
        <translation>Saturado</translation>
    </message>
    <message>
        <source>Say which: the field is empty.</source>
        <translation>Diga qual: o campo está vazio.</translation>
    </message>
    <message>
        <source>Select a node first: What if is asked of the gradient that enters it.</source>
        <translation>Selecione um nó primeiro: E se… é perguntado sobre o gradiente que entra nele.</translation>
    </message>
    <message>
        <source>Share of zeros by unit, from {high} to {low}</source>
        <translation>Parcela de zeros por unidade, de {high} a {low}</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Ordenar por</translation>
    </message>
    <message>
        <source>Step and compare</source>
        <translation>Dar o passo e comparar</translation>
    </message>
    <message>
        <source>Step without being asked — Ctrl+Alt+P</source>
        <translation>Dar os passos sem ser perguntado — Ctrl+Alt+P</translation>
    </message>
    <message>
        <source>Step without judging — Ctrl+Alt+R</source>
        <translation>Dar o passo sem avaliação — Ctrl+Alt+R</translation>
    </message>
    <message>
        <source>Stopped. What ran before stays.</source>
        <translation>Parado. O que rodou antes fica.</translation>
    </message>
    <message>
        <source>The breakpoints could not be kept: {reason}.</source>
        <translation>Os pontos de parada não puderam ser guardados: {reason}.</translation>
    </message>
    <message>
        <source>The first gradient that it sends on that is not finite is that of {node}, as it was kept.</source>
        <translation>O primeiro gradiente enviado adiante que não é finito é o de {node}, como foi guardado.</translation>
    </message>
    <message>
        <source>The first node is next: step (F10).</source>
        <translation>O primeiro nó é o próximo: dê um passo (F10).</translation>
    </message>
    <message>
        <source>The first value that is not finite is that of {node}, as it was kept.</source>
        <translation>O primeiro valor que não é finito é o de {node}, como foi guardado.</translation>
    </message>
    <message>
        <source>The held pass does not run this node.</source>
        <translation>A passagem retida não executa este nó.</translation>
    </message>
    <message>
        <source>a number, as in 10 or 1e-6</source>
        <translation>um número, como em 10 ou 1e-6</translation>
    </message>
    <message>
        <source>The limit is a number, as in 10 or 1e-6.</source>
        <translation>O limite é um número, como em 10 ou 1e-6.</translation>
    </message>
    <message>
        <source>The pass is being looked at.</source>
        <translation>A passagem está sendo examinada.</translation>
    </message>
    <message>
        <source>The program runs: its newest pass is looked at as soon as it is held or has ended.</source>
        <translation>O programa está rodando: a sua passagem mais nova é examinada assim que ele é retido ou termina.</translation>
    </message>
    <message>
        <source>The share of zeros of each unit, from the largest on: a full bar is 0 for every input</source>
        <translation>A parcela de zeros de cada unidade, da maior em diante: uma barra cheia é 0 para toda entrada</translation>
    </message>
    <message>
        <source>This backward will fail</source>
        <translation>Este backward vai falhar</translation>
    </message>
    <message>
        <source>This needs a held pass: Ctrl+Shift+Enter runs the program and holds its backward at each node, F9 steps an output.</source>
        <translation>Isto precisa de uma passagem retida: Ctrl+Shift+Enter executa o programa e retém o seu backward em cada nó, F9 percorre uma saída.</translation>
    </message>
    <message>
        <source>This node has run already in the held pass: a gradient can be changed until its node runs.</source>
        <translation>Este nó já rodou na passagem retida: um gradiente pode ser mudado até o seu nó rodar.</translation>
    </message>
    <message>
        <source>This pass goes on with {changes} · kept by you</source>
        <translation>Esta passagem continua com {changes} · mantido por você</translation>
    </message>
    <message>
        <source>This pass has run. Go back to its start (Shift+F5) and step through it once more: at each node you are asked what it sends on, and what the window knows already is hidden until then.</source>
        <translation>Esta passagem já rodou. Volte ao início dela (Shift+F5) e percorra-a mais uma vez: em cada nó você é perguntado o que ele envia, e o que a janela já sabe fica escondido até lá.</translation>
    </message>
    <message>
        <source>This pass has run. What if needs the one that is held: Alt+End goes to it.</source>
        <translation>Esta passagem já rodou. E se… precisa da que está retida: Alt+End vai até ela.</translation>
    </message>
    <message>
        <source>This pass went on with {changes} · kept by you</source>
        <translation>Esta passagem continuou com {changes} · mantido por você</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Linha do tempo</translation>
    </message>
    <message>
        <source>Vanishing gradient</source>
        <translation>Gradiente que some</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>Variável</translation>
    </message>
    <message>
        <source>What</source>
        <translation>O quê</translation>
    </message>
    <message>
        <source>What if: {name} · {truth}</source>
        <translation>E se: {name} · {truth}</translation>
    </message>
    <message>
        <source>What led there was not kept: the program runs again, to the first NaN or Inf.</source>
        <translation>O que levou até ali não foi guardado: o programa roda de novo, até o primeiro NaN ou Inf.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quando</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Onde</translation>
    </message>
    <message>
        <source>While a backward is stepped, the nodes that are ready to run stand here.</source>
        <translation>Enquanto um backward é percorrido passo a passo, os nós prontos para rodar ficam aqui.</translation>
    </message>
    <message>
        <source>You look at an earlier step, whose gradients are known. Step on (F10) to where the pass is held.</source>
        <translation>Você está olhando um passo anterior, cujos gradientes são conhecidos. Siga (F10) até onde a passagem está retida.</translation>
    </message>
    <message>
        <source>all zero</source>
        <translation>tudo zero</translation>
    </message>
    <message>
        <source>always</source>
        <translation>sempre</translation>
    </message>
    <message>
        <source>any node</source>
        <translation>qualquer nó</translation>
    </message>
    <message>
        <source>as in h.3.attn.*, *.weight</source>
        <translation>como em h.3.attn.*, *.weight</translation>
    </message>
    <message>
        <source>as in most programs</source>
        <translation>como na maioria dos programas</translation>
    </message>
    <message>
        <source>as in tanh, *Mm*, AccumulateGrad</source>
        <translation>como em tanh, *Mm*, AccumulateGrad</translation>
    </message>
    <message>
        <source>current</source>
        <translation>atual</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vazia</translation>
    </message>
    <message>
        <source>error</source>
        <translation>erro</translation>
    </message>
    <message>
        <source>falls by {factor} or more through the layers on its way back (serious from {serious_factor}): under one learning rate they learn as much slower, and float32 has room for 1.7e7</source>
        <translation>cai {factor} vezes ou mais através das camadas no caminho de volta (grave a partir de {serious_factor}): com uma só taxa de aprendizado, elas aprendem tanto mais devagar, e o float32 só comporta 1,7e7</translation>
    </message>
    <message>
        <source>first</source>
        <translation>primeira</translation>
    </message>
    <message>
        <source>first layer</source>
        <translation>primeira camada</translation>
    </message>
    <message>
        <source>gradient / value {limit}</source>
        <translation>gradiente / valor {limit}</translation>
    </message>
    <message>
        <source>gradients arrived</source>
        <translation>gradientes que chegaram</translation>
    </message>
    <message>
        <source>grows by {factor} or more through the layers on its way back (serious from {serious_factor}), or is not finite</source>
        <translation>cresce {factor} vezes ou mais através das camadas no caminho de volta (grave a partir de {serious_factor}), ou não é finito</translation>
    </message>
    <message>
        <source>held: {what}</source>
        <translation>retido: {what}</translation>
    </message>
    <message>
        <source>hits</source>
        <translation>paradas</translation>
    </message>
    <message>
        <source>input</source>
        <translation>entrada</translation>
    </message>
    <message>
        <source>its name, as in h</source>
        <translation>o seu nome, como em h</translation>
    </message>
    <message>
        <source>its norm is above</source>
        <translation>a sua norma está acima de</translation>
    </message>
    <message>
        <source>its norm is below</source>
        <translation>a sua norma está abaixo de</translation>
    </message>
    <message>
        <source>its number</source>
        <translation>o seu número</translation>
    </message>
    <message>
        <source>its number in the run</source>
        <translation>o seu número na execução</translation>
    </message>
    <message>
        <source>last</source>
        <translation>última</translation>
    </message>
    <message>
        <source>last layer</source>
        <translation>última camada</translation>
    </message>
    <message>
        <source>last layer, nearest to the loss</source>
        <translation>última camada, a mais próxima da perda</translation>
    </message>
    <message>
        <source>looking</source>
        <translation>examinando</translation>
    </message>
    <message>
        <source>looking, {percent} %</source>
        <translation>examinando, {percent} %</translation>
    </message>
    <message>
        <source>module {name}</source>
        <translation>módulo {name}</translation>
    </message>
    <message>
        <source>no gradient has come</source>
        <translation>nenhum gradiente chegou</translation>
    </message>
    <message>
        <source>no pass of the run has reached a parameter of a module of which it reached others</source>
        <translation>nenhuma passagem da execução alcançou um parâmetro de um módulo do qual alcançou outros</translation>
    </message>
    <message>
        <source>none found</source>
        <translation>nada encontrado</translation>
    </message>
    <message>
        <source>norm over the value's is above</source>
        <translation>norma sobre a do valor está acima de</translation>
    </message>
    <message>
        <source>norm over the value's is below</source>
        <translation>norma sobre a do valor está abaixo de</translation>
    </message>
    <message>
        <source>norm {limit}</source>
        <translation>norma {limit}</translation>
    </message>
    <message>
        <source>not the program's</source>
        <translation>não é o do programa</translation>
    </message>
    <message>
        <source>notable</source>
        <translation>notável</translation>
    </message>
    <message>
        <source>nothing printed</source>
        <translation>nada impresso</translation>
    </message>
    <message>
        <source>operation {name}</source>
        <translation>operação {name}</translation>
    </message>
    <message>
        <source>paused {place}</source>
        <translation>pausa {place}</translation>
    </message>
    <message>
        <source>ready {arrived} of {expected}</source>
        <translation>pronto {arrived} de {expected}</translation>
    </message>
    <message>
        <source>ready, in the queue</source>
        <translation>pronto, na fila</translation>
    </message>
    <message>
        <source>replay {place}</source>
        <translation>revendo {place}</translation>
    </message>
    <message>
        <source>serious</source>
        <translation>grave</translation>
    </message>
    <message>
        <source>the gradient has NaN or Inf</source>
        <translation>o gradiente tem NaN ou Inf</translation>
    </message>
    <message>
        <source>the gradient is all zero</source>
        <translation>o gradiente é todo zero</translation>
    </message>
    <message numerus="yes">
        <source>the gradient neither vanishes nor grows on its way through {n} layers, no layer is dead or saturated, nothing cancels</source>
        <translation>
            <numerusform>o gradiente não some nem cresce no seu caminho por {n} camada, nenhuma camada está morta ou saturada, nada se cancela</numerusform>
            <numerusform>o gradiente não some nem cresce no seu caminho por {n} camadas, nenhuma camada está morta ou saturada, nada se cancela</numerusform>
        </translation>
    </message>
    <message>
        <source>the gradient neither vanishes nor grows, no layer is dead or saturated, nothing cancels</source>
        <translation>o gradiente não some nem cresce, nenhuma camada está morta ou saturada, nada se cancela</translation>
    </message>
    <message>
        <source>the last {last} of {total} lines</source>
        <translation>as últimas {last} de {total} linhas</translation>
    </message>
    <message>
        <source>the pass went on with it</source>
        <translation>a passagem continuou com ele</translation>
    </message>
    <message>
        <source>variable {name}</source>
        <translation>variável {name}</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>esperando</translation>
    </message>
    <message>
        <source>waiting {arrived} of {expected}</source>
        <translation>espera {arrived} de {expected}</translation>
    </message>
    <message>
        <source>what meets leaves less than {left} of what parts without relation would (serious below {serious_left})</source>
        <translation>do que se encontra resta menos de {left} do que restaria de partes sem relação (grave abaixo de {serious_left})</translation>
    </message>
    <message>
        <source>when</source>
        <translation>quando</translation>
    </message>
    <message>
        <source>where</source>
        <translation>onde</translation>
    </message>
    <message>
        <source>you {yours}, PyTorch {actual}, off by {difference}.</source>
        <translation>você {yours}, PyTorch {actual}, diferença de {difference}.</translation>
    </message>
    <message>
        <source>{arrived} of {expected}</source>
        <translation>{arrived} de {expected}</translation>
    </message>
    <message numerus="yes">
        <source>{arrived} of {n} gradients</source>
        <translation>
            <numerusform>{arrived} de {n} gradiente</numerusform>
            <numerusform>{arrived} de {n} gradientes</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} predicted</source>
        <translation>previstos: {count}</translation>
    </message>
    <message>
        <source>{count} running</source>
        <translation>rodando: {count}</translation>
    </message>
    <message>
        <source>{dead} of a layer's units or more are 0 for every input (serious from {serious_dead}), of at least {inputs} inputs in up to {passes} passes; CS231n warns of 40 %</source>
        <translation>{dead} das unidades de uma camada ou mais são 0 para toda entrada (grave a partir de {serious_dead}), de pelo menos {inputs} entradas em até {passes} passagens; o CS231n alerta para 40 %</translation>
    </message>
    <message numerus="yes">
        <source>{name} = {value}, all {n} cells.</source>
        <translation>
            <numerusform>{name} = {value}.</numerusform>
            <numerusform>{name} = {value}, todas as {n} células.</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} has the shape {shape}, which this has not.</source>
        <translation>{name} tem a forma {shape}, e isto não tem.</translation>
    </message>
    <message numerus="yes">
        <source>{name} is right in {right} of {n} cells</source>
        <translation>
            <numerusform>{name} está certo em {right} de {n} célula</numerusform>
            <numerusform>{name} está certo em {right} de {n} células</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}, layer {number} of {total}: {norm}. A click or Enter selects it.</source>
        <translation>{name}, camada {number} de {total}: {norm}. Um clique ou Enter a seleciona.</translation>
    </message>
    <message>
        <source>{name}: not judged. {reason}</source>
        <translation>{name}: não avaliado. {reason}</translation>
    </message>
    <message>
        <source>{node} has run.</source>
        <translation>{node} foi executado.</translation>
    </message>
    <message>
        <source>{node} is about to run. What does it send on?</source>
        <translation>{node} está para rodar. O que ele envia adiante?</translation>
    </message>
    <message>
        <source>{node} of line {line} is about to run. What does it send on?</source>
        <translation>{node}, da linha {line}, está para rodar. O que ele envia adiante?</translation>
    </message>
    <message>
        <source>{node} sends nothing on: step.</source>
        <translation>{node} não envia nada adiante: dê o passo.</translation>
    </message>
    <message numerus="yes">
        <source>{n} findings</source>
        <translation>
            <numerusform>{n} achado</numerusform>
            <numerusform>{n} achados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} lines left out</source>
        <translation>
            <numerusform>{n} linha omitida</numerusform>
            <numerusform>{n} linhas omitidas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} lines, {left} left out</source>
        <translation>
            <numerusform>{n} linha, {left} omitidas</numerusform>
            <numerusform>{n} linhas, {left} omitidas</numerusform>
        </translation>
    </message>
    <message>
        <source>{place}: {words}</source>
        <translation>{place}: {words}</translation>
    </message>
    <message numerus="yes">
        <source>{right} of {n} predictions right</source>
        <translation>
            <numerusform>{right} de {n} previsão certa</numerusform>
            <numerusform>{right} de {n} previsões certas</numerusform>
        </translation>
    </message>
    <message>
        <source>{saturated} of the results or more (serious from {serious_saturated}) lie where the derivative is below 6 % of its largest: |tanh| &gt; {tanh}, sigmoid outside of {sigmoid_low} to {sigmoid_high}; of a softmax {serious_saturated} of the rows with one entry above {softmax}</source>
        <translation>{saturated} dos resultados ou mais (grave a partir de {serious_saturated}) estão onde a derivada é menor que 6 % do seu máximo: |tanh| &gt; {tanh}, sigmoide fora de {sigmoid_low} a {sigmoid_high}; de uma softmax, {serious_saturated} das linhas com uma entrada acima de {softmax}</translation>
    </message>
    <message>
        <source>{title}: {rule}.</source>
        <translation>{title}: {rule}.</translation>
    </message>
    <message>
        <source>{words}; furthest off at {cell}</source>
        <translation>{words}; mais longe em {cell}</translation>
    </message>
    <message>
        <source>✓ Right</source>
        <translation>✓ Certo</translation>
    </message>
    <message>
        <source>✗ Not yet</source>
        <translation>✗ Ainda não</translation>
    </message>
    <message numerus="yes">
        <source>{n} nodes ran inside, not held</source>
        <translation>
            <numerusform>{n} nó executado dentro, não retido</numerusform>
            <numerusform>{n} nós executados dentro, não retidos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{node} ran a backward pass of its own: {n} nodes ({kinds}), which cannot be held.</source>
        <translation>
            <numerusform>{node} executou uma passagem de backward própria: {n} nó ({kinds}), que não pode ser retido.</numerusform>
            <numerusform>{node} executou uma passagem de backward própria: {n} nós ({kinds}), que não podem ser retidos.</numerusform>
        </translation>
    </message>
    <message>
        <source>{node} runs its forward again and a backward pass of its own, whose nodes cannot be held; with use_reentrant=False they are nodes of this graph.</source>
        <translation>{node} executa de novo o seu forward e uma passagem de backward própria, cujos nós não podem ser retidos; com use_reentrant=False eles são nós deste grafo.</translation>
    </message>
    <message>
        <source>what runs inside is not held</source>
        <translation>o que roda dentro não é retido</translation>
    </message>
    <message>
        <source>{node} is one piece of compiled code: nothing inside of it can be held.</source>
        <translation>{node} é uma só peça de código compilado: nada dentro dele pode ser retido.</translation>
    </message>
    <message>
        <source>nothing inside is held</source>
        <translation>nada dentro é retido</translation>
    </message>
    <message>
        <source>compiled</source>
        <translation>compilado</translation>
    </message>
    <message>
        <source>a region of torch.compile: one node, of which no part is held</source>
        <translation>uma região de torch.compile: um só nó, do qual nenhuma parte é retida</translation>
    </message>
</context>
</TS>
