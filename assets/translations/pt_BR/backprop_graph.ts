<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>backprop_graph</name>
    <message>
        <source>An example to run or to step through; File has more of them</source>
        <translation>Um exemplo para executar ou percorrer; há mais em Arquivo</translation>
    </message>
    <message>
        <source> steps per second</source>
        <translation> passos por segundo</translation>
    </message>
    <message numerus="yes">
        <source>, {n} frames</source>
        <translation>
            <numerusform>, {n} quadro</numerusform>
            <numerusform>, {n} quadros</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>1 call, {n} nodes</source>
        <translation>
            <numerusform>1 chamada, {n} nó</numerusform>
            <numerusform>1 chamada, {n} nós</numerusform>
        </translation>
    </message>
    <message>
        <source>1 of 2 arrived</source>
        <translation>1 de 2 chegou</translation>
    </message>
    <message>
        <source>A bookmark is here; N goes from one to the next. {count} in all.</source>
        <translation>Há um marcador aqui; N vai de um ao próximo. São {count} ao todo.</translation>
    </message>
    <message>
        <source>Another graph came before the export had all of this one: nothing was written.</source>
        <translation>Outro grafo chegou antes que a exportação tivesse tudo deste: nada foi escrito.</translation>
    </message>
    <message>
        <source>As the window</source>
        <translation>Como a janela</translation>
    </message>
    <message>
        <source>Back to the place before</source>
        <translation>Voltar ao lugar anterior</translation>
    </message>
    <message>
        <source>Begin here, or write a program of your own.</source>
        <translation>Comece por aqui ou escreva um programa seu.</translation>
    </message>
    <message>
        <source>Bookmark this place, or forget it</source>
        <translation>Marcar este lugar, ou esquecê-lo</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Categoria</translation>
    </message>
    <message>
        <source>Choose a small GPT-2, press Start, watch it learn</source>
        <translation>Escolher um GPT-2 pequeno, iniciar e vê-lo aprender</translation>
    </message>
    <message>
        <source>Colour: {what}</source>
        <translation>Cor: {what}</translation>
    </message>
    <message>
        <source>Coloured by {what}</source>
        <translation>Colorido por {what}</translation>
    </message>
    <message>
        <source>Copy “{text}”</source>
        <translation>Copiar “{text}”</translation>
    </message>
    <message>
        <source>DOT structure</source>
        <translation>Estrutura DOT</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Escuro</translation>
    </message>
    <message>
        <source>Double click, or Enter, opens it</source>
        <translation>Duplo clique, ou Enter, o abre</translation>
    </message>
    <message>
        <source>Enter folds and opens it, Delete closes it; View, Legend brings it back</source>
        <translation>Enter a recolhe e abre, Delete a fecha; Ver, Legenda a traz de volta</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Exported {thing} to {path}{amount}.</source>
        <translation>Exportado para {path}: {thing}{amount}.</translation>
    </message>
    <message>
        <source>Exporting frame {number} of {total}</source>
        <translation>Exportando o quadro {number} de {total}</translation>
    </message>
    <message numerus="yes">
        <source>Exporting {n} cards: {done}</source>
        <translation>
            <numerusform>Exportando {n} cartão: {done}</numerusform>
            <numerusform>Exportando {n} cartões: {done}</numerusform>
        </translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Exportando…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Find a node</source>
        <translation>Procurar um nó</translation>
    </message>
    <message>
        <source>Find a node   Ctrl F</source>
        <translation>Procurar um nó   Ctrl F</translation>
    </message>
    <message>
        <source>First step</source>
        <translation>Primeiro passo</translation>
    </message>
    <message>
        <source>Fit the selection</source>
        <translation>Ajustar a seleção</translation>
    </message>
    <message>
        <source>Fit the whole graph</source>
        <translation>Ajustar o grafo inteiro</translation>
    </message>
    <message>
        <source>Fit the whole graph (F)</source>
        <translation>Ajustar o grafo inteiro (F)</translation>
    </message>
    <message>
        <source>Fold {name}</source>
        <translation>Recolher {name}</translation>
    </message>
    <message>
        <source>Folder of PNG pictures</source>
        <translation>Pasta de imagens PNG</translation>
    </message>
    <message>
        <source>Follows the current node</source>
        <translation>Segue o nó atual</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>Forward to the place after</source>
        <translation>Avançar ao lugar seguinte</translation>
    </message>
    <message>
        <source>From a first tensor to a GPT-2, page by page</source>
        <translation>Do primeiro tensor a um GPT-2, página por página</translation>
    </message>
    <message>
        <source>GIF animation</source>
        <translation>Animação GIF</translation>
    </message>
    <message>
        <source>Go to the next bookmark</source>
        <translation>Ir ao próximo marcador</translation>
    </message>
    <message>
        <source>Gradient / value norm</source>
        <translation>Norma do gradiente / do valor</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Grafo</translation>
    </message>
    <message>
        <source>Graph canvas</source>
        <translation>Tela do grafo</translation>
    </message>
    <message>
        <source>Hold backward() at each node, one gradient at a time</source>
        <translation>Parar o backward() em cada nó, um gradiente por vez</translation>
    </message>
    <message>
        <source>Inf</source>
        <translation>Inf</translation>
    </message>
    <message numerus="yes">
        <source>Its gradient comes through {n} cards and goes on to {after}.</source>
        <translation>
            <numerusform>O seu gradiente vem através de {n} cartão e segue para {after}.</numerusform>
            <numerusform>O seu gradiente vem através de {n} cartões e segue para {after}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>Maior (+)</translation>
    </message>
    <message>
        <source>Largest |value|</source>
        <translation>Maior |valor|</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>Último passo</translation>
    </message>
    <message>
        <source>Layer {order}: gradient of pass {number}</source>
        <translation>Camada {order}: gradiente da passagem {number}</translation>
    </message>
    <message>
        <source>Laying out {what}…</source>
        <translation>Arranjando {what}…</translation>
    </message>
    <message>
        <source>Leave the experiment</source>
        <translation>Sair do experimento</translation>
    </message>
    <message>
        <source>Leave: show the program's own gradients again (Ctrl+Alt+X)</source>
        <translation>Sair: mostrar de novo os gradientes do próprio programa (Ctrl+Alt+X)</translation>
    </message>
    <message>
        <source>Leaves as cards of their own</source>
        <translation>Folhas como cartões próprios</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Longer side</source>
        <translation>Lado maior</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aparência</translation>
    </message>
    <message>
        <source>MP4 video</source>
        <translation>Vídeo MP4</translation>
    </message>
    <message>
        <source>Modules around what is in view</source>
        <translation>Módulos em volta do que está à vista</translation>
    </message>
    <message>
        <source>NaN</source>
        <translation>NaN</translation>
    </message>
    <message>
        <source>NaN in the values or the gradient; inf likewise</source>
        <translation>NaN nos valores ou no gradiente; inf da mesma forma</translation>
    </message>
    <message>
        <source>No backward is shown</source>
        <translation>Nenhum backward é mostrado</translation>
    </message>
    <message>
        <source>No bookmark is here any more. {count} in all.</source>
        <translation>Não há mais marcador aqui. São {count} ao todo.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nada encontrado</translation>
    </message>
    <message>
        <source>Nothing is known yet</source>
        <translation>Nada se sabe ainda</translation>
    </message>
    <message>
        <source>On each card: old above, new below, new − old left of it; in a row of a leaf from left to right. Edges have no norms meanwhile.</source>
        <translation>Em cada cartão: antigo em cima, novo embaixo, novo − antigo à esquerda dele; numa linha de uma folha, da esquerda para a direita. As arestas não têm normas enquanto isso.</translation>
    </message>
    <message>
        <source>Output whose graph is shown</source>
        <translation>Saída cujo grafo é mostrado</translation>
    </message>
    <message>
        <source>Overview of the graph</source>
        <translation>Visão geral do grafo</translation>
    </message>
    <message>
        <source>Overview. Drag, or press an arrow key, to move the part in view.</source>
        <translation>Visão geral. Arraste, ou use as setas, para mover a parte à vista.</translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation>Documento PDF</translation>
    </message>
    <message>
        <source>Return to the current node</source>
        <translation>Voltar ao nó atual</translation>
    </message>
    <message>
        <source>See every value, and the graph that PyTorch makes of them</source>
        <translation>Ver cada valor e o grafo que o PyTorch faz deles</translation>
    </message>
    <message>
        <source>Show all of {title}</source>
        <translation>Mostrar {title} por inteiro</translation>
    </message>
    <message>
        <source>Show all {count}</source>
        <translation>Mostrar todos os {count}</translation>
    </message>
    <message>
        <source>Show from … to …</source>
        <translation>Mostrar de … a …</translation>
    </message>
    <message>
        <source>Show one, or from one to another, of 1 to {count}:</source>
        <translation>Mostrar um, ou de um a outro, de 1 a {count}:</translation>
    </message>
    <message>
        <source>Show the one after</source>
        <translation>Mostrar o seguinte</translation>
    </message>
    <message>
        <source>Show the one before</source>
        <translation>Mostrar o anterior</translation>
    </message>
    <message>
        <source>Smaller (−)</source>
        <translation>Menor (−)</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Velocidade</translation>
    </message>
    <message>
        <source>Stays on the whole graph</source>
        <translation>Fica no grafo inteiro</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Passos</translation>
    </message>
    <message>
        <source>The autograd graph appears here.</source>
        <translation>O grafo do autograd aparece aqui.</translation>
    </message>
    <message>
        <source>The export ended with the window: nothing was written.</source>
        <translation>A exportação terminou com a janela: nada foi escrito.</translation>
    </message>
    <message>
        <source>The export was cancelled: nothing was written.</source>
        <translation>A exportação foi cancelada: nada foi escrito.</translation>
    </message>
    <message>
        <source>The graph is drawn plainly, with lines that may pass behind cards: a layout with routes would take long.</source>
        <translation>O grafo é desenhado de forma simples, com linhas que podem passar atrás de cartões: um arranjo com rotas demoraria muito.</translation>
    </message>
    <message>
        <source>The layout was cancelled. Fold all modules to draw less, or choose the output again.</source>
        <translation>O arranjo foi cancelado. Recolha todos os módulos para desenhar menos, ou escolha a saída de novo.</translation>
    </message>
    <message>
        <source>The output whose graph is shown; choose another one here</source>
        <translation>A saída cujo grafo é mostrado; escolha outra aqui</translation>
    </message>
    <message>
        <source>The pass, step by step</source>
        <translation>A passagem, passo a passo</translation>
    </message>
    <message>
        <source>The picture of the graph is on the clipboard.</source>
        <translation>A imagem do grafo está na área de transferência.</translation>
    </message>
    <message>
        <source>The selection</source>
        <translation>A seleção</translation>
    </message>
    <message>
        <source>The view follows the pass again (C)</source>
        <translation>A vista segue de novo a passagem (C)</translation>
    </message>
    <message>
        <source>The whole graph</source>
        <translation>O grafo inteiro</translation>
    </message>
    <message>
        <source>Thumbnails of values and gradients</source>
        <translation>Miniaturas de valores e gradientes</translation>
    </message>
    <message>
        <source>Time of backward</source>
        <translation>Tempo do backward</translation>
    </message>
    <message>
        <source>To 100 % (1)</source>
        <translation>Para 100 % (1)</translation>
    </message>
    <message>
        <source>Unfold {name}</source>
        <translation>Expandir {name}</translation>
    </message>
    <message>
        <source>Values kept from the forward pass: {size} of {budget} bytes. </source>
        <translation>Valores guardados do forward: {size} de {budget} bytes. </translation>
    </message>
    <message>
        <source>What can be asked. Enter writes it into the field.</source>
        <translation>O que se pode perguntar. Enter o escreve no campo.</translation>
    </message>
    <message>
        <source>What is on the screen</source>
        <translation>O que está na tela</translation>
    </message>
    <message>
        <source>What the colours of the cards stand for</source>
        <translation>O que significam as cores dos cartões</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>O que foi encontrado</translation>
    </message>
    <message>
        <source>Words, or facts: op:mm, norm&gt;1e3, nan. Enter: next, Shift+Enter: previous.</source>
        <translation>Palavras, ou fatos: op:mm, norm&gt;1e3, nan. Enter: próximo, Shift+Enter: anterior.</translation>
    </message>
    <message>
        <source>a module and what is in it, by path or by type</source>
        <translation>um módulo e o que está nele, pelo caminho ou pelo tipo</translation>
    </message>
    <message>
        <source>a shape; * is any one size, … any number of them</source>
        <translation>uma forma; * é um tamanho qualquer, … quantos forem</translation>
    </message>
    <message>
        <source>a type of elements</source>
        <translation>um tipo de elementos</translation>
    </message>
    <message>
        <source>a variable or parameter</source>
        <translation>uma variável ou um parâmetro</translation>
    </message>
    <message>
        <source>accumulate</source>
        <translation>acumula</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>ativação</translation>
    </message>
    <message>
        <source>all that is written on or behind a card</source>
        <translation>tudo o que está escrito num cartão ou atrás dele</translation>
    </message>
    <message>
        <source>an operation; op:*mm is addmm and bmm, too</source>
        <translation>uma operação; op:*mm é também addmm e bmm</translation>
    </message>
    <message>
        <source>another pass has run since</source>
        <translation>outra passagem rodou desde então</translation>
    </message>
    <message>
        <source>arriving now</source>
        <translation>chegando agora</translation>
    </message>
    <message>
        <source>bytes saved</source>
        <translation>bytes guardados</translation>
    </message>
    <message>
        <source>category</source>
        <translation>categoria</translation>
    </message>
    <message>
        <source>checked {size}</source>
        <translation>conferido {size}</translation>
    </message>
    <message>
        <source>comes this way</source>
        <translation>vem por aqui</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>difere</translation>
    </message>
    <message>
        <source>elementwise</source>
        <translation>elemento a elemento</translation>
    </message>
    <message>
        <source>exactly this text</source>
        <translation>exatamente este texto</translation>
    </message>
    <message>
        <source>forward mode</source>
        <translation>modo forward</translation>
    </message>
    <message>
        <source>functionalized</source>
        <translation>funcionalizado</translation>
    </message>
    <message>
        <source>goes on this way</source>
        <translation>segue por aqui</translation>
    </message>
    <message>
        <source>gradient / value</source>
        <translation>gradiente / valor</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>norma do gradiente</translation>
    </message>
    <message>
        <source>gradient norms</source>
        <translation>normas do gradiente</translation>
    </message>
    <message>
        <source>gradient {kind}</source>
        <translation>gradiente {kind}</translation>
    </message>
    <message>
        <source>has passed</source>
        <translation>já passou</translation>
    </message>
    <message>
        <source>hooks</source>
        <translation>hooks</translation>
    </message>
    <message>
        <source>how</source>
        <translation>como</translation>
    </message>
    <message>
        <source>how long the node's backward ran</source>
        <translation>quanto tempo rodou o backward do nó</translation>
    </message>
    <message>
        <source>in backward: {layer}</source>
        <translation>no backward: {layer}</translation>
    </message>
    <message>
        <source>in forward mode: a value or its tangent</source>
        <translation>no modo forward: um valor ou a sua tangente</translation>
    </message>
    <message>
        <source>inside torch.func.functionalize</source>
        <translation>dentro de torch.func.functionalize</translation>
    </message>
    <message>
        <source>inside torch.func.grad or its like</source>
        <translation>dentro de torch.func.grad ou semelhante</translation>
    </message>
    <message>
        <source>inside torch.vmap: one node for the batch</source>
        <translation>dentro de torch.vmap: um nó para o lote</translation>
    </message>
    <message>
        <source>its encoder could not be started</source>
        <translation>o seu codificador não pôde ser iniciado</translation>
    </message>
    <message>
        <source>its encoder does not run, {reason}</source>
        <translation>o seu codificador não roda, {reason}</translation>
    </message>
    <message>
        <source>its encoder ended before all was written</source>
        <translation>o seu codificador terminou antes de tudo estar escrito</translation>
    </message>
    <message>
        <source>its forward runs again in backward, with a pass of its own</source>
        <translation>o seu forward roda de novo no backward, com uma passagem própria</translation>
    </message>
    <message>
        <source>line {line}, to line {last}</source>
        <translation>linha {line}, até a linha {last}</translation>
    </message>
    <message>
        <source>lines of the program; file:model.py, source:gelu</source>
        <translation>linhas do programa; file:model.py, source:gelu</translation>
    </message>
    <message>
        <source>made</source>
        <translation>criado</translation>
    </message>
    <message>
        <source>matmul</source>
        <translation>matmul</translation>
    </message>
    <message>
        <source>max {value}</source>
        <translation>máx. {value}</translation>
    </message>
    <message>
        <source>members</source>
        <translation>membros</translation>
    </message>
    <message>
        <source>memory saved for backward; k, M, G, KiB, MiB, GiB</source>
        <translation>memória guardada para o backward; k, M, G, KiB, MiB, GiB</translation>
    </message>
    <message>
        <source>min {value}</source>
        <translation>mín. {value}</translation>
    </message>
    <message>
        <source>module</source>
        <translation>módulo</translation>
    </message>
    <message>
        <source>no graph</source>
        <translation>sem grafo</translation>
    </message>
    <message>
        <source>no tensor</source>
        <translation>nenhum tensor</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nenhum</translation>
    </message>
    <message>
        <source>none finite</source>
        <translation>nenhuma finita</translation>
    </message>
    <message>
        <source>none: behind a cut</source>
        <translation>nenhum: atrás de um corte</translation>
    </message>
    <message>
        <source>norm {value}</source>
        <translation>norma {value}</translation>
    </message>
    <message>
        <source>not alike: {count} kinds</source>
        <translation>diferentes: {count} tipos</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>ainda não</translation>
    </message>
    <message>
        <source>of {total}; 0 is before the first node</source>
        <translation>de {total}; 0 é antes do primeiro nó</translation>
    </message>
    <message>
        <source>on the CPU</source>
        <translation>na CPU</translation>
    </message>
    <message>
        <source>one</source>
        <translation>um</translation>
    </message>
    <message>
        <source>one call</source>
        <translation>uma chamada</translation>
    </message>
    <message>
        <source>operation</source>
        <translation>operação</translation>
    </message>
    <message>
        <source>packed</source>
        <translation>empacotado</translation>
    </message>
    <message>
        <source>path</source>
        <translation>caminho</translation>
    </message>
    <message>
        <source>place</source>
        <translation>lugar</translation>
    </message>
    <message>
        <source>queue {place}</source>
        <translation>fila {place}</translation>
    </message>
    <message>
        <source>ratio {value}</source>
        <translation>razão {value}</translation>
    </message>
    <message>
        <source>ready, in queue</source>
        <translation>pronto, na fila</translation>
    </message>
    <message>
        <source>recomputed</source>
        <translation>recalculado</translation>
    </message>
    <message>
        <source>reduction</source>
        <translation>redução</translation>
    </message>
    <message>
        <source>sampled</source>
        <translation>por amostra</translation>
    </message>
    <message>
        <source>sequence</source>
        <translation>sequência</translation>
    </message>
    <message>
        <source>source</source>
        <translation>código</translation>
    </message>
    <message>
        <source>the gradient's norm; ratio: over that of the values</source>
        <translation>a norma do gradiente; ratio: sobre a dos valores</translation>
    </message>
    <message>
        <source>the graph</source>
        <translation>o grafo</translation>
    </message>
    <message>
        <source>the pass</source>
        <translation>a passagem</translation>
    </message>
    <message>
        <source>{words}. Cards are too small for their names: fold modules, or follow the node.</source>
        <translation>{words}. Os cartões são pequenos demais para os nomes: recolha módulos ou siga o nó.</translation>
    </message>
    <message>
        <source>the program has run again since</source>
        <translation>o programa rodou de novo desde então</translation>
    </message>
    <message>
        <source>the selection</source>
        <translation>a seleção</translation>
    </message>
    <message>
        <source>the share of zeros; min, max: of the values</source>
        <translation>a parcela de zeros; min, max: dos valores</translation>
    </message>
    <message>
        <source>the view</source>
        <translation>a vista</translation>
    </message>
    <message>
        <source>time</source>
        <translation>tempo</translation>
    </message>
    <message>
        <source>time of backward</source>
        <translation>tempo do backward</translation>
    </message>
    <message>
        <source>to</source>
        <translation>a</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>grande demais</translation>
    </message>
    <message>
        <source>torch.func</source>
        <translation>torch.func</translation>
    </message>
    <message numerus="yes">
        <source>up to {n} nodes each</source>
        <translation>
            <numerusform>até {n} nó cada</numerusform>
            <numerusform>até {n} nós cada</numerusform>
        </translation>
    </message>
    <message>
        <source>variable</source>
        <translation>variável</translation>
    </message>
    <message>
        <source>view</source>
        <translation>view</translation>
    </message>
    <message>
        <source>vmap</source>
        <translation>vmap</translation>
    </message>
    <message>
        <source>what it saves is kept on the CPU</source>
        <translation>o que ele guarda fica na CPU</translation>
    </message>
    <message>
        <source>what it saves is packed by hooks of the program</source>
        <translation>o que ele guarda é empacotado por hooks do programa</translation>
    </message>
    <message>
        <source>what it saves is recomputed in backward</source>
        <translation>o que ele guarda é recalculado no backward</translation>
    </message>
    <message>
        <source>without these; several terms must all hold</source>
        <translation>sem estes; vários termos têm de valer todos</translation>
    </message>
    <message>
        <source>{count} of the program: the inspector names them</source>
        <translation>{count} do programa: o inspetor diz quais</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
    <message>
        <source>{each}, shapes differ</source>
        <translation>{each}, formas diferentes</translation>
    </message>
    <message>
        <source>{first} … {last} of {total}</source>
        <translation>{first} … {last} de {total}</translation>
    </message>
    <message>
        <source>{found} so far: {count} more to be read</source>
        <translation>{found} até agora: faltam ler {count}</translation>
    </message>
    <message>
        <source>{found}, and {count} cannot be told</source>
        <translation>{found}, e de {count} não se sabe</translation>
    </message>
    <message>
        <source>{found}: no {what} is known yet. Step the output, or run a backward().</source>
        <translation>{found}: ainda não se conhece nenhum {what}. Percorra a saída, ou execute um backward().</translation>
    </message>
    <message>
        <source>{found}: “{term}” stands twice, and every term must hold for the same node.</source>
        <translation>{found}: “{term}” aparece duas vezes, e todo termo tem de valer para o mesmo nó.</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} a {high}</translation>
    </message>
    <message>
        <source>{name} has no graph.</source>
        <translation>{name} não tem grafo.</translation>
    </message>
    <message numerus="yes">
        <source>{n} cards</source>
        <translation>
            <numerusform>{n} cartão</numerusform>
            <numerusform>{n} cartões</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} cards came without numbers.</source>
        <translation>
            <numerusform>{n} cartão veio sem números.</numerusform>
            <numerusform>{n} cartões vieram sem números.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} edges</source>
        <translation>
            <numerusform>{n} aresta</numerusform>
            <numerusform>{n} arestas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} frames of {pixels}, {time} s</source>
        <translation>
            <numerusform>{n} quadro de {pixels}, {time} s</numerusform>
            <numerusform>{n} quadros de {pixels}, {time} s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} hooks</source>
        <translation>
            <numerusform>hook</numerusform>
            <numerusform>{n} hooks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} nodes each</source>
        <translation>
            <numerusform>{n} nó cada</numerusform>
            <numerusform>{n} nós cada</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} nodes have no recorded value.</source>
        <translation>
            <numerusform>{n} nó não tem valor registrado.</numerusform>
            <numerusform>{n} nós não têm valor registrado.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} nodes, unfolded for the drawing</source>
        <translation>
            <numerusform>{n} nó, expandido para o desenho</numerusform>
            <numerusform>{n} nós, expandidos para o desenho</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} pixels</source>
        <translation>
            <numerusform>{n} pixel</numerusform>
            <numerusform>{n} pixels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} uses</source>
        <translation>
            <numerusform>{n} uso</numerusform>
            <numerusform>{n} usos</numerusform>
        </translation>
    </message>
    <message>
        <source>{shape} (output {number} of {total})</source>
        <translation>{shape} (saída {number} de {total})</translation>
    </message>
    <message>
        <source>{size} of {budget} recorded</source>
        <translation>{size} de {budget} registrados</translation>
    </message>
    <message>
        <source>{span} in {known} of {total}</source>
        <translation>{span} em {known} de {total}</translation>
    </message>
    <message numerus="yes">
        <source>{title}, {subtitle}: {n} nodes. Enter opens it.</source>
        <translation>
            <numerusform>{title}, {subtitle}: {n} nó. Enter o abre.</numerusform>
            <numerusform>{title}, {subtitle}: {n} nós. Enter o abre.</numerusform>
        </translation>
    </message>
    <message>
        <source>{value} saved</source>
        <translation>{value} guardados</translation>
    </message>
    <message>
        <source>{value} zeros</source>
        <translation>{value} zeros</translation>
    </message>
    <message>
        <source>{what} from {low} to {high}</source>
        <translation>{what} de {low} a {high}</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} pixels</translation>
    </message>
    <message>
        <source>{words} so far</source>
        <translation>{words} até agora</translation>
    </message>
    <message>
        <source>{words}, {count} NaN or Inf</source>
        <translation>{words}, {count} NaN ou Inf</translation>
    </message>
    <message numerus="yes">
        <source>Σ over axes {axes}</source>
        <translation>
            <numerusform>Σ sobre o eixo {axes}</numerusform>
            <numerusform>Σ sobre os eixos {axes}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… {n} more</source>
        <translation>
            <numerusform>… mais {n}</numerusform>
            <numerusform>… mais {n}</numerusform>
        </translation>
    </message>
    <message>
        <source>with {leaves}</source>
        <translation>com {leaves}</translation>
    </message>
    <message numerus="yes">
        <source>{seen} of {n} cards in view</source>
        <translation>
            <numerusform>{seen} de {n} cartão à vista</numerusform>
            <numerusform>{seen} de {n} cartões à vista</numerusform>
        </translation>
    </message>
</context>
</TS>
