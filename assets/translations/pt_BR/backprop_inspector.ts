<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>backprop_inspector</name>
    <message numerus="yes">
        <source>+ {n} more, each smaller</source>
        <translation>
            <numerusform>+ {n} outro, menor</numerusform>
            <numerusform>+ {n} outros, cada um menor</numerusform>
        </translation>
    </message>
    <message>
        <source>.grad account</source>
        <translation>Conta do .grad</translation>
    </message>
    <message>
        <source>.grad now</source>
        <translation>.grad agora</translation>
    </message>
    <message>
        <source>A cell leads to it in the tensor of its column</source>
        <translation>Uma célula leva até ela no tensor da sua coluna</translation>
    </message>
    <message>
        <source>A gradient is clipped to a number from 0 on.</source>
        <translation>Um gradiente é limitado por um número maior ou igual a 0.</translation>
    </message>
    <message>
        <source>A gradient is here, and it is not 0 everywhere.</source>
        <translation>Há um gradiente aqui, e ele não é 0 em toda parte.</translation>
    </message>
    <message>
        <source>A hook made of it</source>
        <translation>Um hook fez disso</translation>
    </message>
    <message>
        <source>A kink or a jump: the slope is {left} below and {right} above</source>
        <translation>Uma quina ou um salto: a inclinação é {left} abaixo e {right} acima</translation>
    </message>
    <message>
        <source>A prediction is open, and this would show the answer. Step with it (F10), reveal it without judging (Ctrl+Alt+R), or switch Predict off (Ctrl+Alt+P).</source>
        <translation>Há uma previsão aberta, e isto mostraria a resposta. Dê o passo com ela (F10), revele-a sem avaliação (Ctrl+Alt+R), ou desligue Prever (Ctrl+Alt+P).</translation>
    </message>
    <message>
        <source>A row leads to its cell in the heat map</source>
        <translation>Uma linha leva à sua célula no mapa de calor</translation>
    </message>
    <message>
        <source>Add to a cell</source>
        <translation>Somar a uma célula</translation>
    </message>
    <message>
        <source>Added by</source>
        <translation>Somado por</translation>
    </message>
    <message>
        <source>Added by line {line}</source>
        <translation>Somado pela linha {line}</translation>
    </message>
    <message>
        <source>Agrees</source>
        <translation>Concorda</translation>
    </message>
    <message>
        <source>All nodes together hold {size} at most</source>
        <translation>Todos os nós juntos guardam no máximo {size}</translation>
    </message>
    <message>
        <source>Arrives</source>
        <translation>Chega</translation>
    </message>
    <message>
        <source>Arrives and leaves</source>
        <translation>Chega e sai</translation>
    </message>
    <message>
        <source>Arrives from</source>
        <translation>Chega de</translation>
    </message>
    <message>
        <source>As it was when this earlier pass had run.</source>
        <translation>Como estava quando esta passagem anterior terminou.</translation>
    </message>
    <message>
        <source>Backward never makes J: it computes the row that leaves from the row that arrives, with the rule of the node.</source>
        <translation>O backward nunca faz J: ele calcula a linha que sai a partir da linha que chega, com a regra do nó.</translation>
    </message>
    <message>
        <source>Before: on what arrives, before the node runs. After: on what the node sends on.
At .grad: once it is written. The norm is that of what the hooks there changed together in this pass.</source>
        <translation>Antes: no que chega, antes de o nó ser executado. Depois: no que o nó envia adiante.
No .grad: assim que ele é escrito. A norma é a do que os hooks ali mudaram juntos nesta passagem.</translation>
    </message>
    <message numerus="yes">
        <source>Beside the pass, with the change: {done} of {n} nodes</source>
        <translation>
            <numerusform>Ao lado da passagem, com a mudança: {done} de {n} nó</numerusform>
            <numerusform>Ao lado da passagem, com a mudança: {done} de {n} nós</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Beside the pass, without the change: {done} of {n} nodes</source>
        <translation>
            <numerusform>Ao lado da passagem, sem a mudança: {done} de {n} nó</numerusform>
            <numerusform>Ao lado da passagem, sem a mudança: {done} de {n} nós</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>Célula</translation>
    </message>
    <message numerus="yes">
        <source>Central differences in float64 through the {n} operations of this forward pass that depend on it, run again in a copy of the engine.</source>
        <translation>
            <numerusform>Diferenças centrais em float64 através da {n} operação deste forward que depende dele, executada de novo numa cópia do motor.</numerusform>
            <numerusform>Diferenças centrais em float64 através das {n} operações deste forward que dependem dele, executadas de novo numa cópia do motor.</numerusform>
        </translation>
    </message>
    <message>
        <source>Chain rule: {name}</source>
        <translation>Regra da cadeia: {name}</translation>
    </message>
    <message numerus="yes">
        <source>Chain rule: {name} is the sum over {n} paths from the loss.</source>
        <translation>
            <numerusform>Regra da cadeia: {name} é um só caminho a partir da perda.</numerusform>
            <numerusform>Regra da cadeia: {name} é a soma sobre {n} caminhos a partir da perda.</numerusform>
        </translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Conferir</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Conferir de novo</translation>
    </message>
    <message>
        <source>Click or Return: show it, or not · F2: rename · Delete: remove · Ctrl+Z: bring back</source>
        <translation>Clique ou Return: mostrar ou não · F2: renomear · Delete: remover · Ctrl+Z: trazer de volta</translation>
    </message>
    <message>
        <source>Clip each cell to ±</source>
        <translation>Limitar cada célula a ±</translation>
    </message>
    <message>
        <source>Clip to a norm of</source>
        <translation>Limitar a norma a</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Comparando</translation>
    </message>
    <message numerus="yes">
        <source>Comparing: {done} of {n} cells</source>
        <translation>
            <numerusform>Comparando: {done} de {n} célula</numerusform>
            <numerusform>Comparando: {done} de {n} células</numerusform>
        </translation>
    </message>
    <message>
        <source>Comparing: {share} of {n} elements read</source>
        <translation>Comparando: {share} de {n} elementos lidos</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>Difere</translation>
    </message>
    <message>
        <source>End the check</source>
        <translation>Encerrar a conferência</translation>
    </message>
    <message>
        <source>End the copy of the engine that runs</source>
        <translation>Encerrar a cópia do motor que está rodando</translation>
    </message>
    <message>
        <source>Experiments</source>
        <translation>Experimentos</translation>
    </message>
    <message>
        <source>Finite differences</source>
        <translation>Diferenças finitas</translation>
    </message>
    <message>
        <source>Fold “{name}”</source>
        <translation>Recolher “{name}”</translation>
    </message>
    <message>
        <source>Followed through {names}: these only move numbers.</source>
        <translation>Seguido através de {names}: eles só movem números.</translation>
    </message>
    <message>
        <source>Go to line {line}</source>
        <translation>Ir à linha {line}</translation>
    </message>
    <message>
        <source>Go to the line of the program that is the cause</source>
        <translation>Ir à linha do programa que é a causa</translation>
    </message>
    <message>
        <source>Go to the line of the program that this speaks of</source>
        <translation>Ir à linha do programa de que isto fala</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>Gradiente</translation>
    </message>
    <message>
        <source>Here the graph ends: a leaf has no operands, and so no Jacobian of its own.</source>
        <translation>Aqui o grafo termina: uma folha não tem operandos, e por isso não tem uma jacobiana própria.</translation>
    </message>
    <message>
        <source>Hook</source>
        <translation>Hook</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspetor</translation>
    </message>
    <message>
        <source>It holds no tensor for backward.</source>
        <translation>Ele não guarda nenhum tensor para o backward.</translation>
    </message>
    <message>
        <source>It lies behind a cut: another graph has its value.</source>
        <translation>Está atrás de um corte: outro grafo tem o seu valor.</translation>
    </message>
    <message>
        <source>It sends nothing on: here is where the graph ends.</source>
        <translation>Ele não envia nada adiante: aqui o grafo termina.</translation>
    </message>
    <message>
        <source>Its numbers are hidden until its step: you predict them.</source>
        <translation>Os números ficam escondidos até o seu passo: você os prevê.</translation>
    </message>
    <message>
        <source>Its pass has freed what the node saved: the matrix is by its record's function, from the values kept.</source>
        <translation>A passagem já liberou o que o nó guardava: a matriz vem da função do registro, com os valores guardados.</translation>
    </message>
    <message>
        <source>Its result: {life}.</source>
        <translation>O seu resultado: {life}.</translation>
    </message>
    <message>
        <source>Its step adds this to the leaf's .grad.</source>
        <translation>O seu passo soma isto no .grad da folha.</translation>
    </message>
    <message>
        <source>Jacobian</source>
        <translation>Jacobiana</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Mantido</translation>
    </message>
    <message>
        <source>Let the held pass itself go on with this gradient, down to the program's .grads</source>
        <translation>Deixar a própria passagem retida continuar com este gradiente, até os .grad do programa</translation>
    </message>
    <message>
        <source>Looking for where they part</source>
        <translation>Procurando onde se separam</translation>
    </message>
    <message>
        <source>Made by {node}</source>
        <translation>Criado por {node}</translation>
    </message>
    <message>
        <source>Made on the way to {node}, to add up what meets there</source>
        <translation>Criado no caminho para {node}, para somar o que se encontra ali</translation>
    </message>
    <message>
        <source>Many nodes in one card. Enter, or a double click, opens it in the graph.</source>
        <translation>Muitos nós num só cartão. Enter, ou um duplo clique, o abre no grafo.</translation>
    </message>
    <message>
        <source>Negate</source>
        <translation>Trocar o sinal</translation>
    </message>
    <message>
        <source>No backward pass of this run has added to this .grad yet.</source>
        <translation>Nenhuma passagem de backward desta execução somou neste .grad ainda.</translation>
    </message>
    <message>
        <source>No gradient flows here: the function returns this without a derivative.</source>
        <translation>Nenhum gradiente flui aqui: a função devolve isto sem derivada.</translation>
    </message>
    <message>
        <source>No gradient flows to this tensor.</source>
        <translation>Nenhum gradiente flui para este tensor.</translation>
    </message>
    <message>
        <source>No gradient.</source>
        <translation>Nenhum gradiente.</translation>
    </message>
    <message>
        <source>No other variable shares its storage.</source>
        <translation>Nenhuma outra variável compartilha a sua memória.</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>None ainda</translation>
    </message>
    <message>
        <source>Not checked. A check runs the program again in a copy of the engine, up to this pass, and compares this gradient with central differences in float64. It changes nothing of yours.</source>
        <translation>Não conferido. Uma conferência executa o programa de novo numa cópia do motor, até esta passagem, e compara este gradiente com diferenças centrais em float64. Não muda nada do que é seu.</translation>
    </message>
    <message>
        <source>Not compared. {reason}</source>
        <translation>Não comparado. {reason}</translation>
    </message>
    <message>
        <source>Not here yet: backward has not reached it.</source>
        <translation>Ainda não está aqui: o backward não o alcançou.</translation>
    </message>
    <message>
        <source>Not recorded: this value passed unseen.</source>
        <translation>Não registrado: este valor passou sem ser visto.</translation>
    </message>
    <message>
        <source>Nothing has arrived here yet.</source>
        <translation>Nada chegou aqui ainda.</translation>
    </message>
    <message>
        <source>Nothing has to be written for this.</source>
        <translation>Não é preciso escrever nada para isto.</translation>
    </message>
    <message>
        <source>Of parts above 4 MiB a run at full speed keeps only the norm, of which two tell their shares. Step through the program (Ctrl+Shift+Enter) to see them.</source>
        <translation>De partes acima de 4 MiB, uma execução a toda velocidade guarda só a norma, da qual duas dizem as parcelas. Execute o programa passo a passo (Ctrl+Shift+Enter) para vê-las.</translation>
    </message>
    <message numerus="yes">
        <source>Of {n} large gradients only norms and thumbnails are kept.</source>
        <translation>
            <numerusform>De {n} gradiente grande guardam-se só a norma e a miniatura.</numerusform>
            <numerusform>De {n} gradientes grandes guardam-se só as normas e as miniaturas.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open pass {number}</source>
        <translation>Abrir a passagem {number}</translation>
    </message>
    <message>
        <source>Open the backward pass that made this node</source>
        <translation>Abrir a passagem de backward que criou este nó</translation>
    </message>
    <message>
        <source>Open “{name}”</source>
        <translation>Abrir “{name}”</translation>
    </message>
    <message>
        <source>Origin and hooks</source>
        <translation>Origem e hooks</translation>
    </message>
    <message>
        <source>Path {number}</source>
        <translation>Caminho {number}</translation>
    </message>
    <message>
        <source>PyTorch's own formulas are being read, once for each version of it.</source>
        <translation>As fórmulas do próprio PyTorch estão sendo lidas, uma vez para cada versão dele.</translation>
    </message>
    <message>
        <source>Replace by</source>
        <translation>Substituir por</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regra</translation>
    </message>
    <message>
        <source>Run the rest of the held pass with it, beside the pass (Return)</source>
        <translation>Executar o resto da passagem retida com ele, ao lado da passagem (Return)</translation>
    </message>
    <message>
        <source>Running beside the pass</source>
        <translation>Executando ao lado da passagem</translation>
    </message>
    <message>
        <source>Running the program again</source>
        <translation>Executando o programa de novo</translation>
    </message>
    <message>
        <source>Running the program again, to this pass, in a copy of the engine</source>
        <translation>Executando o programa de novo, até esta passagem, numa cópia do motor</translation>
    </message>
    <message>
        <source>Saved for backward</source>
        <translation>Guardado para o backward</translation>
    </message>
    <message>
        <source>Scale by</source>
        <translation>Multiplicar por</translation>
    </message>
    <message>
        <source>Select a cell of the gradient or the value first.</source>
        <translation>Selecione primeiro uma célula do gradiente ou do valor.</translation>
    </message>
    <message>
        <source>Select a node of the graph or a variable: its value, its gradient and their statistics appear here.</source>
        <translation>Selecione um nó do grafo ou uma variável: o valor, o gradiente e as estatísticas deles aparecem aqui.</translation>
    </message>
    <message>
        <source>Select the cause in the graph</source>
        <translation>Selecionar a causa no grafo</translation>
    </message>
    <message>
        <source>Select the node of the graph that is the cause</source>
        <translation>Selecionar o nó do grafo que é a causa</translation>
    </message>
    <message>
        <source>Select the node where they part</source>
        <translation>Selecionar o nó onde eles se separam</translation>
    </message>
    <message>
        <source>Sends on to</source>
        <translation>Envia a</translation>
    </message>
    <message>
        <source>Share: what a part adds along the sum, part · sum / ‖sum‖²; all shares together are 100 %.
Signs: of the cells where neither is zero, how many have the sign of the sum.</source>
        <translation>Parcela: o que uma parte acrescenta na direção da soma, parte · soma / ‖soma‖²; todas as parcelas juntas dão 100 %.
Sinais: das células em que nenhuma das duas é zero, quantas têm o sinal da soma.</translation>
    </message>
    <message>
        <source>Show the graph of {name}</source>
        <translation>Mostrar o grafo de {name}</translation>
    </message>
    <message>
        <source>Show the graph that lies behind the cut</source>
        <translation>Mostrar o grafo que está atrás do corte</translation>
    </message>
    <message>
        <source>Somebody wrote into .grad after the last pass, for example to clip it.</source>
        <translation>Alguém escreveu no .grad depois da última passagem, por exemplo para limitá-lo.</translation>
    </message>
    <message>
        <source>Something has written into what arrived since, as another pass into a .grad: the norm is that of now.</source>
        <translation>Algo escreveu desde então no que chegou, como outra passagem num .grad: a norma é a de agora.</translation>
    </message>
    <message>
        <source>Sum so far, {arrived} of {expected}</source>
        <translation>Soma até aqui, {arrived} de {expected}</translation>
    </message>
    <message>
        <source>Sum: {name}</source>
        <translation>Soma: {name}</translation>
    </message>
    <message>
        <source>The cells that are furthest apart, by autograd and by finite differences</source>
        <translation>As células mais distantes, pelo autograd e por diferenças finitas</translation>
    </message>
    <message>
        <source>The first cells that are not finite, with the operands there</source>
        <translation>As primeiras células que não são finitas, com os operandos ali</translation>
    </message>
    <message>
        <source>The function returned no tensor here.</source>
        <translation>A função não devolveu um tensor aqui.</translation>
    </message>
    <message>
        <source>The gradient that enters this node</source>
        <translation>O gradiente que entra neste nó</translation>
    </message>
    <message>
        <source>The held pass goes on with this gradient: press again for the program's own, until its node has run</source>
        <translation>A passagem retida continua com este gradiente: aperte de novo para o do próprio programa, enquanto o nó não foi executado</translation>
    </message>
    <message>
        <source>The hook of line {line} made of it</source>
        <translation>O hook da linha {line} fez disso</translation>
    </message>
    <message>
        <source>The pass begins here: there is no chain behind it.</source>
        <translation>A passagem começa aqui: não há cadeia antes dela.</translation>
    </message>
    <message>
        <source>The pass runs in the copy</source>
        <translation>A passagem roda na cópia</translation>
    </message>
    <message numerus="yes">
        <source>The pass runs in the copy: {done} of {n} nodes</source>
        <translation>
            <numerusform>A passagem roda na cópia: {done} de {n} nó</numerusform>
            <numerusform>A passagem roda na cópia: {done} de {n} nós</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The products added, in float64</source>
        <translation>
            <numerusform>O produto, em float64</numerusform>
            <numerusform>Os produtos somados, em float64</numerusform>
        </translation>
    </message>
    <message>
        <source>The value of this leaf: the program runs again in a copy</source>
        <translation>O valor desta folha: o programa roda de novo numa cópia</translation>
    </message>
    <message>
        <source>There is no number to explain here yet.</source>
        <translation>Ainda não há aqui um número a explicar.</translation>
    </message>
    <message>
        <source>There is no record of this kind of node: this is PyTorch's own text.</source>
        <translation>Não há registro deste tipo de nó: este é o texto do próprio PyTorch.</translation>
    </message>
    <message>
        <source>This gradient is the one with which the pass goes on, in place of the program's.</source>
        <translation>É com este gradiente que a passagem continua, em lugar do gradiente do programa.</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Tentar</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Views</translation>
    </message>
    <message>
        <source>What each pass added, and the norm of .grad before it.
Updated: the leaf was written in between.</source>
        <translation>O que cada passagem somou, e a norma do .grad antes dela.
Atualizado: a folha foi escrita nesse meio-tempo.</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>E se</translation>
    </message>
    <message>
        <source>What is done to the gradient</source>
        <translation>O que se faz com o gradiente</translation>
    </message>
    <message>
        <source>What is done to the gradient that enters this node</source>
        <translation>O que se faz com o gradiente que entra neste nó</translation>
    </message>
    <message>
        <source>What it held is not kept of an earlier pass.</source>
        <translation>O que ele guardava não é mantido de uma passagem anterior.</translation>
    </message>
    <message>
        <source>What it held: {words}.</source>
        <translation>O que ele guardava: {words}.</translation>
    </message>
    <message>
        <source>What this earlier pass added to .grad, and to what, is not kept any more.</source>
        <translation>O que esta passagem anterior somou no .grad, e a que valor, não está mais guardado.</translation>
    </message>
    <message>
        <source>Why is the gradient 0?</source>
        <translation>Por que o gradiente é 0?</translation>
    </message>
    <message>
        <source>Why is the gradient not finite?</source>
        <translation>Por que o gradiente não é finito?</translation>
    </message>
    <message>
        <source>Is there a gradient?</source>
        <translation>Há gradiente?</translation>
    </message>
    <message>
        <source>There is none; the reason stands above.</source>
        <translation>Não há; o motivo está acima.</translation>
    </message>
    <message>
        <source>Why no gradient?</source>
        <translation>Por que não há gradiente?</translation>
    </message>
    <message>
        <source>Write a number, or an expression such as torch.ones(3).</source>
        <translation>Escreva um número, ou uma expressão como torch.ones(3).</translation>
    </message>
    <message>
        <source>Write a number.</source>
        <translation>Escreva um número.</translation>
    </message>
    <message>
        <source>Zero</source>
        <translation>Zerar</translation>
    </message>
    <message>
        <source>a node outside of the graph</source>
        <translation>um nó fora do grafo</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>um número</translation>
    </message>
    <message>
        <source>a number, or an expression of the program's names and {name}</source>
        <translation>um número, ou uma expressão dos nomes do programa e de {name}</translation>
    </message>
    <message>
        <source>a number; {cell}</source>
        <translation>um número; {cell}</translation>
    </message>
    <message>
        <source>accumulated at step {step}</source>
        <translation>acumulado no passo {step}</translation>
    </message>
    <message>
        <source>after</source>
        <translation>depois</translation>
    </message>
    <message>
        <source>after its step</source>
        <translation>depois do seu passo</translation>
    </message>
    <message>
        <source>all of them along one random direction: {size}</source>
        <translation>todas elas ao longo de uma direção ao acaso: {size}</translation>
    </message>
    <message numerus="yes">
        <source>all {n} cells</source>
        <translation>
            <numerusform>{n} célula</numerusform>
            <numerusform>todas as {n} células</numerusform>
        </translation>
    </message>
    <message>
        <source>arriving</source>
        <translation>chegando</translation>
    </message>
    <message>
        <source>arriving (1 × {rows}) · J ({rows} × {columns}) = leaving (1 × {columns})</source>
        <translation>chega (1 × {rows}) · J ({rows} × {columns}) = sai (1 × {columns})</translation>
    </message>
    <message>
        <source>as it was</source>
        <translation>como era</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>de {time}</translation>
    </message>
    <message>
        <source>at .grad</source>
        <translation>no .grad</translation>
    </message>
    <message>
        <source>autograd</source>
        <translation>autograd</translation>
    </message>
    <message>
        <source>backward</source>
        <translation>backward</translation>
    </message>
    <message>
        <source>base</source>
        <translation>base</translation>
    </message>
    <message>
        <source>base before: {before}, after: {after}</source>
        <translation>base antes: {before}, depois: {after}</translation>
    </message>
    <message>
        <source>before</source>
        <translation>antes</translation>
    </message>
    <message>
        <source>block diagonal</source>
        <translation>diagonal por blocos</translation>
    </message>
    <message>
        <source>cell</source>
        <translation>célula</translation>
    </message>
    <message>
        <source>cell {place}</source>
        <translation>célula {place}</translation>
    </message>
    <message>
        <source>cell {place} of {name}</source>
        <translation>célula {place} de {name}</translation>
    </message>
    <message>
        <source>changed since</source>
        <translation>mudou desde então</translation>
    </message>
    <message>
        <source>changed since version {version}</source>
        <translation>mudou desde a versão {version}</translation>
    </message>
    <message>
        <source>checked against PyTorch</source>
        <translation>conferida com o PyTorch</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>constante</translation>
    </message>
    <message>
        <source>copies</source>
        <translation>cópias</translation>
    </message>
    <message>
        <source>diagonal</source>
        <translation>diagonal</translation>
    </message>
    <message>
        <source>diff</source>
        <translation>dif.</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>diferença</translation>
    </message>
    <message>
        <source>differs from PyTorch's</source>
        <translation>difere do PyTorch</translation>
    </message>
    <message>
        <source>finite</source>
        <translation>finita</translation>
    </message>
    <message>
        <source>forward</source>
        <translation>forward</translation>
    </message>
    <message>
        <source>freed</source>
        <translation>liberado</translation>
    </message>
    <message>
        <source>grad of {name}</source>
        <translation>grad de {name}</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>identidade</translation>
    </message>
    <message>
        <source>its gradient arrives at step {step}</source>
        <translation>o seu gradiente chega no passo {step}</translation>
    </message>
    <message>
        <source>its norm alone (large, at full speed)</source>
        <translation>só a sua norma (grande, a toda velocidade)</translation>
    </message>
    <message>
        <source>its product</source>
        <translation>o seu produto</translation>
    </message>
    <message numerus="yes">
        <source>its {n} terms add up to PyTorch's number</source>
        <translation>
            <numerusform>seu único termo é o número do PyTorch</numerusform>
            <numerusform>seus {n} termos somados dão o número do PyTorch</numerusform>
        </translation>
    </message>
    <message>
        <source>kink</source>
        <translation>quina</translation>
    </message>
    <message>
        <source>leaf</source>
        <translation>folha</translation>
    </message>
    <message>
        <source>line {line}</source>
        <translation>linha {line}</translation>
    </message>
    <message>
        <source>line {line}, column {column}</source>
        <translation>linha {line}, coluna {column}</translation>
    </message>
    <message>
        <source>line {line}, columns {first}–{last}</source>
        <translation>linha {line}, colunas {first}–{last}</translation>
    </message>
    <message>
        <source>lines {first}–{last}</source>
        <translation>linhas {first}–{last}</translation>
    </message>
    <message>
        <source>made at line {line}</source>
        <translation>criado na linha {line}</translation>
    </message>
    <message>
        <source>new</source>
        <translation>novo</translation>
    </message>
    <message>
        <source>no cell is selected</source>
        <translation>nenhuma célula está selecionada</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>norma</translation>
    </message>
    <message>
        <source>norm of its product</source>
        <translation>norma do seu produto</translation>
    </message>
    <message>
        <source>not compared</source>
        <translation>não comparado</translation>
    </message>
    <message>
        <source>not given, or not to be read</source>
        <translation>não foi dado, ou não pode ser lido</translation>
    </message>
    <message>
        <source>not kept</source>
        <translation>não guardado</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>não registrado</translation>
    </message>
    <message>
        <source>not recorded (a batch of gradients)</source>
        <translation>não registrado (um lote de gradientes)</translation>
    </message>
    <message>
        <source>not recorded (over the budget)</source>
        <translation>não registrado (acima do limite)</translation>
    </message>
    <message>
        <source>not shown (a nested tensor)</source>
        <translation>não mostrado (um tensor aninhado)</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nada</translation>
    </message>
    <message>
        <source>nothing to write</source>
        <translation>nada a escrever</translation>
    </message>
    <message>
        <source>number</source>
        <translation>número</translation>
    </message>
    <message>
        <source>old</source>
        <translation>antigo</translation>
    </message>
    <message>
        <source>one row</source>
        <translation>uma linha</translation>
    </message>
    <message>
        <source>operand {number}</source>
        <translation>operando {number}</translation>
    </message>
    <message>
        <source>output {number}</source>
        <translation>saída {number}</translation>
    </message>
    <message>
        <source>packed by hooks</source>
        <translation>empacotado por hooks</translation>
    </message>
    <message>
        <source>packed by your hook</source>
        <translation>empacotado pelo seu hook</translation>
    </message>
    <message>
        <source>part of {size}</source>
        <translation>parte de {size}</translation>
    </message>
    <message>
        <source>partial, {arrived} of {expected}</source>
        <translation>parcial, {arrived} de {expected}</translation>
    </message>
    <message>
        <source>pass {number}</source>
        <translation>passagem {number}</translation>
    </message>
    <message>
        <source>peak {size}</source>
        <translation>pico {size}</translation>
    </message>
    <message>
        <source>permutation</source>
        <translation>permutação</translation>
    </message>
    <message numerus="yes">
        <source>read at steps {steps}</source>
        <translation>
            <numerusform>lido no passo {steps}</numerusform>
            <numerusform>lido nos passos {steps}</numerusform>
        </translation>
    </message>
    <message>
        <source>relative error {size}</source>
        <translation>erro relativo {size}</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>roda</translation>
    </message>
    <message>
        <source>saved at version {before}, now {now}</source>
        <translation>guardado na versão {before}, agora {now}</translation>
    </message>
    <message numerus="yes">
        <source>saved by {n} nodes</source>
        <translation>
            <numerusform>guardado por {n} nó</numerusform>
            <numerusform>guardado por {n} nós</numerusform>
        </translation>
    </message>
    <message>
        <source>selection</source>
        <translation>seleção</translation>
    </message>
    <message>
        <source>sequence {number}</source>
        <translation>sequência {number}</translation>
    </message>
    <message>
        <source>share</source>
        <translation>parcela</translation>
    </message>
    <message numerus="yes">
        <source>shared with {n} other nodes</source>
        <translation>
            <numerusform>compartilhado com {n} outro nó</numerusform>
            <numerusform>compartilhado com {n} outros nós</numerusform>
        </translation>
    </message>
    <message>
        <source>signs</source>
        <translation>sinais</translation>
    </message>
    <message>
        <source>size</source>
        <translation>tamanho</translation>
    </message>
    <message>
        <source>snapshot</source>
        <translation>cópia</translation>
    </message>
    <message>
        <source>still of {name}</source>
        <translation>ainda de {name}</translation>
    </message>
    <message>
        <source>sums</source>
        <translation>somas</translation>
    </message>
    <message>
        <source>the call</source>
        <translation>a chamada</translation>
    </message>
    <message>
        <source>the gradient</source>
        <translation>o gradiente</translation>
    </message>
    <message>
        <source>the largest magnitude</source>
        <translation>a maior magnitude</translation>
    </message>
    <message>
        <source>the largest norm</source>
        <translation>a maior norma</translation>
    </message>
    <message>
        <source>the operand</source>
        <translation>o operando</translation>
    </message>
    <message>
        <source>the pass goes on with it</source>
        <translation>a passagem continua com ele</translation>
    </message>
    <message>
        <source>the terms give {total}, PyTorch's number is {difference} from it</source>
        <translation>os termos dão {total}, o número do PyTorch difere disso em {difference}</translation>
    </message>
    <message>
        <source>the typesetting process has ended</source>
        <translation>o processo que compõe as fórmulas terminou</translation>
    </message>
    <message>
        <source>this output</source>
        <translation>esta saída</translation>
    </message>
    <message>
        <source>updated</source>
        <translation>atualizado</translation>
    </message>
    <message>
        <source>value of now</source>
        <translation>valor de agora</translation>
    </message>
    <message>
        <source>value of {name}</source>
        <translation>valor de {name}</translation>
    </message>
    <message>
        <source>version {version}, as saved</source>
        <translation>versão {version}, como foi guardado</translation>
    </message>
    <message>
        <source>view, from element {offset}, strides {strides}</source>
        <translation>view, a partir do elemento {offset}, strides {strides}</translation>
    </message>
    <message>
        <source>where {symbol} is {text}</source>
        <translation>onde {symbol} é {text}</translation>
    </message>
    <message>
        <source>zero</source>
        <translation>zero</translation>
    </message>
    <message numerus="yes">
        <source>{compared} of {n} cells, chosen at random</source>
        <translation>
            <numerusform>{compared} de {n} célula, escolhida ao acaso</numerusform>
            <numerusform>{compared} de {n} células, escolhidas ao acaso</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{differ} of the {n} cells compared disagree</source>
        <translation>
            <numerusform>{differ} da {n} célula comparada discorda</numerusform>
            <numerusform>{differ} das {n} células comparadas discordam</numerusform>
        </translation>
    </message>
    <message>
        <source>{doing}, about {seconds} s left…</source>
        <translation>{doing}, faltam cerca de {seconds} s…</translation>
    </message>
    <message>
        <source>{hook} of {module}</source>
        <translation>{hook} de {module}</translation>
    </message>
    <message>
        <source>{name} arrives</source>
        <translation>{name} chega</translation>
    </message>
    <message>
        <source>{name} as PyTorch computed it</source>
        <translation>{name} como o PyTorch o calculou</translation>
    </message>
    <message>
        <source>{name} leaves, as PyTorch computed it</source>
        <translation>{name} sai, como o PyTorch o calculou</translation>
    </message>
    <message numerus="yes">
        <source>{n} nodes</source>
        <translation>
            <numerusform>{n} nó</numerusform>
            <numerusform>{n} nós</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} nodes in {time} s; all experiments keep {taken} of {room}.</source>
        <translation>
            <numerusform>{n} nó em {time} s; todos os experimentos guardam {taken} de {room}.</numerusform>
            <numerusform>{n} nós em {time} s; todos os experimentos guardam {taken} de {room}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} passes before</source>
        <translation>
            <numerusform>{n} passagem antes</numerusform>
            <numerusform>{n} passagens antes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} tensors in one storage of {size}</source>
        <translation>
            <numerusform>{n} tensor numa memória de {size}</numerusform>
            <numerusform>{n} tensores numa memória de {size}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} tensors in one storage of {size}, version {version}</source>
        <translation>
            <numerusform>{n} tensor numa memória de {size}, versão {version}</numerusform>
            <numerusform>{n} tensores numa memória de {size}, versão {version}</numerusform>
        </translation>
    </message>
    <message>
        <source>{since}: this is of before.</source>
        <translation>{since}: isto é de antes.</translation>
    </message>
    <message>
        <source>{subject} clipped to norm {amount}</source>
        <translation>{subject} com a norma limitada a {amount}</translation>
    </message>
    <message>
        <source>{subject} clipped to ±{amount}</source>
        <translation>{subject} limitado a ±{amount}</translation>
    </message>
    <message>
        <source>“{text}” is not a number.</source>
        <translation>“{text}” não é um número.</translation>
    </message>
    <message>
        <source>← Back to the cell before</source>
        <translation>← Voltar à célula anterior</translation>
    </message>
    <message>
        <source>NumPy keeps no gradients. torch.from_numpy({name}) is a tensor in the same memory.</source>
        <translation>O NumPy não guarda gradientes. torch.from_numpy({name}) é um tensor na mesma memória.</translation>
    </message>
    <message>
        <source>The sign before its name, or → in the table of variables, unfolds it into what it holds.</source>
        <translation>O sinal antes do nome, ou → na tabela de variáveis, expande o que ela contém.</translation>
    </message>
</context>
</TS>
