<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>app</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>&amp;Procurar em:</translation>
    </message>
    <message>
        <source>&amp;Folder:</source>
        <translation>&amp;Pasta:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>&amp;Nome do arquivo:</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>Arquivos do &amp;tipo:</translation>
    </message>
    <message>
        <source>&amp;Arguments, as on a command line</source>
        <translation>&amp;Argumentos, como em uma linha de comando</translation>
    </message>
    <message>
        <source>&amp;Folder that it begins in</source>
        <translation>&amp;Pasta em que ele começa</translation>
    </message>
    <message id="arguments.open_escape">
        <source>A backslash at the end stands before nothing.</source>
        <translation>Uma barra invertida no fim não está diante de nada.</translation>
    </message>
    <message>
        <source>A breakpoint at any node that makes NaN or Inf of finite gradients</source>
        <translation>Um ponto de parada em qualquer nó que faz NaN ou Inf de gradientes finitos</translation>
    </message>
    <message>
        <source>A defect</source>
        <translation>Um defeito</translation>
    </message>
    <message>
        <source>A drawing of what is shown</source>
        <translation>Um desenho do que é mostrado</translation>
    </message>
    <message>
        <source>A file has the program's own gradients: the experiment was left (Ctrl+Alt+X).</source>
        <translation>Um arquivo tem os gradientes do próprio programa: o experimento foi deixado (Ctrl+Alt+X).</translation>
    </message>
    <message>
        <source>A folded card is one step, and so is a card with its parameters</source>
        <translation>Um cartão recolhido é um só passo, e um cartão com seus parâmetros também</translation>
    </message>
    <message>
        <source>A line that reads .npy, .npz, .safetensors, .pt, .csv or a picture; or drop it on the program</source>
        <translation>Uma linha que lê .npy, .npz, .safetensors, .pt, .csv ou uma imagem; ou solte o arquivo sobre o programa</translation>
    </message>
    <message>
        <source>A node, text while the editor has focus, or a run in Pretraining</source>
        <translation>Um nó, um texto enquanto o teclado está no editor, ou uma execução em Pré-treino</translation>
    </message>
    <message>
        <source>A page of rows, of columns</source>
        <translation>Uma página de linhas, de colunas</translation>
    </message>
    <message>
        <source>A picture of what is shown</source>
        <translation>Uma imagem do que é mostrado</translation>
    </message>
    <message id="arguments.open_quote">
        <source>A quotation mark is never closed.</source>
        <translation>Há aspas que não são fechadas.</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Sobre</translation>
    </message>
    <message>
        <source>Add a breakpoint…</source>
        <translation>Adicionar um ponto de parada…</translation>
    </message>
    <message>
        <source>All menus</source>
        <translation>Todos os menus</translation>
    </message>
    <message>
        <source>All of a series, fold it</source>
        <translation>Todos de uma série, recolher</translation>
    </message>
    <message>
        <source>Another program begins in a fresh engine, where the variables of this one are gone.</source>
        <translation>Outro programa começa em um motor novo, onde as variáveis deste não existem mais.</translation>
    </message>
    <message>
        <source>Another program?</source>
        <translation>Outro programa?</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>Em qualquer lugar</translation>
    </message>
    <message>
        <source>Arguments and folder of {program}</source>
        <translation>Argumentos e pasta de {program}</translation>
    </message>
    <message>
        <source>Arguments and folder…</source>
        <translation>Argumentos e pasta…</translation>
    </message>
    <message>
        <source>Arguments, as on a command line</source>
        <translation>Argumentos, como em uma linha de comando</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Setas</translation>
    </message>
    <message>
        <source>Ask the model…</source>
        <translation>Perguntar ao modelo…</translation>
    </message>
    <message>
        <source>At an operation, a module, a parameter or a pass, or where a gradient meets a condition</source>
        <translation>Em uma operação, um módulo, um parâmetro ou uma passagem, ou onde um gradiente satisfaz uma condição</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Voltar</translation>
    </message>
    <message>
        <source>Back to the last change</source>
        <translation>Voltar à última mudança</translation>
    </message>
    <message>
        <source>Backprop</source>
        <translation>Backprop</translation>
    </message>
    <message>
        <source>Backprop workspace</source>
        <translation>Área de Backprop</translation>
    </message>
    <message>
        <source>Backward</source>
        <translation>Backward</translation>
    </message>
    <message>
        <source>Be asked at each held node what it will send on, before its step shows it</source>
        <translation>Em cada nó retido, responder o que ele vai enviar adiante, antes que o passo o mostre</translation>
    </message>
    <message>
        <source>Before this moment of the pass nothing has arrived there.</source>
        <translation>Antes deste momento da passagem, nada tinha chegado ali.</translation>
    </message>
    <message>
        <source>Before this moment of the pass nothing has changed cell {cell}.</source>
        <translation>Antes deste momento da passagem, nada tinha mudado a célula {cell}.</translation>
    </message>
    <message>
        <source>Branch from a checkpoint…</source>
        <translation>Criar um ramo de um checkpoint…</translation>
    </message>
    <message>
        <source>Breakpoint at this line</source>
        <translation>Ponto de parada nesta linha</translation>
    </message>
    <message>
        <source>Breakpoints</source>
        <translation>Pontos de parada</translation>
    </message>
    <message>
        <source>Build a tensor…</source>
        <translation>Montar um tensor…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Change or extend run…</source>
        <translation>Mudar ou estender execução…</translation>
    </message>
    <message>
        <source>Change the gradient that enters the selected node, beside the held pass</source>
        <translation>Mudar o gradiente que entra no nó selecionado, ao lado da passagem retida</translation>
    </message>
    <message>
        <source>Check by finite differences</source>
        <translation>Conferir por diferenças finitas</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>Escolher pasta…</translation>
    </message>
    <message>
        <source>Close the window?</source>
        <translation>Fechar a janela?</translation>
    </message>
    <message>
        <source>Colour by bytes saved</source>
        <translation>Colorir por bytes guardados</translation>
    </message>
    <message>
        <source>Colour by category</source>
        <translation>Colorir por categoria</translation>
    </message>
    <message>
        <source>Colour by gradient / value</source>
        <translation>Colorir por gradiente / valor</translation>
    </message>
    <message>
        <source>Colour by gradient norm</source>
        <translation>Colorir por norma do gradiente</translation>
    </message>
    <message>
        <source>Colour by time of backward</source>
        <translation>Colorir por tempo do backward</translation>
    </message>
    <message>
        <source>Colour by value range</source>
        <translation>Colorir por intervalo de valores</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Cores</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Comando</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Comandos</translation>
    </message>
    <message>
        <source>Commands…</source>
        <translation>Comandos…</translation>
    </message>
    <message>
        <source>Compare the gradient at the selected node with central differences, in a copy of the engine</source>
        <translation>Comparar o gradiente no nó selecionado com diferenças centrais, em uma cópia do motor</translation>
    </message>
    <message>
        <source>Compare with another tensor</source>
        <translation>Comparar com outro tensor</translation>
    </message>
    <message>
        <source>Complete a name</source>
        <translation>Completar um nome</translation>
    </message>
    <message>
        <source>Copy tensor as text</source>
        <translation>Copiar tensor como texto</translation>
    </message>
    <message>
        <source>Ctrl+arrows, drag</source>
        <translation>Ctrl+setas, arrastar</translation>
    </message>
    <message>
        <source>Cursor one record on, back</source>
        <translation>Cursor um registro adiante, para trás</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Editar</translation>
    </message>
    <message>
        <source>Editor</source>
        <translation>Editor</translation>
    </message>
    <message>
        <source>Empty: the folder of its file.</source>
        <translation>Vazio: a pasta do seu arquivo.</translation>
    </message>
    <message>
        <source>Empty: where the window was started.</source>
        <translation>Vazio: onde a janela foi iniciada.</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fim</translation>
    </message>
    <message>
        <source>End it</source>
        <translation>Encerrar</translation>
    </message>
    <message>
        <source>Ends of the row, of the matrix</source>
        <translation>Pontas da linha, da matriz</translation>
    </message>
    <message>
        <source>Every command, also those without keys: Ctrl+K</source>
        <translation>Todos os comandos, também os que não têm teclas: Ctrl+K</translation>
    </message>
    <message>
        <source>Everything that the window can do — Ctrl+K</source>
        <translation>Tudo o que a janela pode fazer — Ctrl+K</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Export graph or animation…</source>
        <translation>Exportar grafo ou animação…</translation>
    </message>
    <message>
        <source>Export plots</source>
        <translation>Exportar gráficos</translation>
    </message>
    <message>
        <source>Export plots as CSV…</source>
        <translation>Exportar gráficos como CSV…</translation>
    </message>
    <message>
        <source>Export plots as PNG…</source>
        <translation>Exportar gráficos como PNG…</translation>
    </message>
    <message>
        <source>Export plots as SVG…</source>
        <translation>Exportar gráficos como SVG…</translation>
    </message>
    <message>
        <source>Export weights…</source>
        <translation>Exportar pesos…</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Arquivo</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Procurar</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ajustar</translation>
    </message>
    <message>
        <source>Fit graph</source>
        <translation>Ajustar grafo à janela</translation>
    </message>
    <message>
        <source>Fold all modules</source>
        <translation>Recolher todos os módulos</translation>
    </message>
    <message>
        <source>Fold and unfold</source>
        <translation>Recolher e expandir</translation>
    </message>
    <message>
        <source>Folder that it begins in</source>
        <translation>Pasta em que ele começa</translation>
    </message>
    <message>
        <source>Folder that the program begins in</source>
        <translation>Pasta em que o programa começa</translation>
    </message>
    <message>
        <source>Forget this pass; every .grad is as it was before</source>
        <translation>Esquecer esta passagem; cada .grad volta a ser o que era antes</translation>
    </message>
    <message>
        <source>Forward or backward: go on to it, jump there as far as a run was kept, or run again to it</source>
        <translation>No forward ou no backward: seguir até ele, saltar até lá onde a execução foi guardada, ou executar de novo até ele</translation>
    </message>
    <message>
        <source>From an earlier pass to where the engine is</source>
        <translation>De uma passagem anterior para onde o motor está</translation>
    </message>
    <message>
        <source>From the loss to what the mouse rests on or what is selected, and on to the leaves</source>
        <translation>Da perda até onde o mouse está ou até o que está selecionado, e dali até as folhas</translation>
    </message>
    <message>
        <source>Go back to the saved text</source>
        <translation>Voltar ao texto salvo</translation>
    </message>
    <message>
        <source>Gradient for the root</source>
        <translation>Gradiente para a raiz</translation>
    </message>
    <message>
        <source>Gradients that vanish, explode or cancel, dead and saturated units, parameters without a gradient</source>
        <translation>Gradientes que somem, explodem ou se cancelam, unidades mortas e saturadas, parâmetros sem gradiente</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Grafo</translation>
    </message>
    <message>
        <source>Graph, selection or view as SVG, PDF, PNG or DOT, the pass as GIF, MP4 or pictures</source>
        <translation>Grafo, seleção ou vista como SVG, PDF, PNG ou DOT; a passagem como GIF, MP4 ou imagens</translation>
    </message>
    <message>
        <source>Have a prompt answered by a run's weights or by those of a folder, token by token</source>
        <translation>Fazer os pesos de uma execução ou de uma pasta continuarem um prompt, token por token</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Saúde</translation>
    </message>
    <message>
        <source>Health of the pass</source>
        <translation>Saúde da passagem</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>Mapa de calor</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>A&amp;juda</translation>
    </message>
    <message>
        <source>Here cell {cell} of the gradient last changed.</source>
        <translation>Aqui a célula {cell} do gradiente mudou pela última vez.</translation>
    </message>
    <message>
        <source>Higher</source>
        <translation>Mais alto</translation>
    </message>
    <message>
        <source>Histogram of the tensor</source>
        <translation>Histograma do tensor</translation>
    </message>
    <message>
        <source>Hold no more pass of this run</source>
        <translation>Não reter mais nenhuma passagem desta execução</translation>
    </message>
    <message>
        <source>Hold passes where they come to what the line of the cursor made, or no longer</source>
        <translation>Reter as passagens onde chegam ao que a linha do cursor criou, ou deixar de reter</translation>
    </message>
    <message>
        <source>Home, End, with Ctrl</source>
        <translation>Home, End, com Ctrl</translation>
    </message>
    <message>
        <source>How its values are spread, with the least, the largest, mean and deviation</source>
        <translation>Como os valores dele se distribuem, com o menor, o maior, a média e o desvio</translation>
    </message>
    <message>
        <source>In a fresh engine, where no variable is left</source>
        <translation>Em um motor novo, onde não resta nenhuma variável</translation>
    </message>
    <message>
        <source>Indent, dedent</source>
        <translation>Aumentar, diminuir o recuo</translation>
    </message>
    <message>
        <source>Its text alone, as Ctrl and the wheel over it do</source>
        <translation>Só o texto dele, como Ctrl e a roda do mouse sobre ele</translation>
    </message>
    <message>
        <source>Its variables go with the window. A pretraining run goes on without it.</source>
        <translation>As variáveis dele se vão com a janela. Um pré-treino continua sem ela.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
    <message>
        <source>Keep gradients</source>
        <translation>Manter gradientes</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Atalhos de teclado</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>Encerrar à força</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma (Language)</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Texto maior</translation>
    </message>
    <message>
        <source>Leave the .grad that this pass made in the program's tensors</source>
        <translation>Deixar nos tensores do programa o .grad que esta passagem fez</translation>
    </message>
    <message>
        <source>Leave the experiment, or show it again</source>
        <translation>Deixar o experimento, ou mostrá-lo de novo</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legenda</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>Lições</translation>
    </message>
    <message>
        <source>Light up the gradient's way</source>
        <translation>Iluminar o caminho do gradiente</translation>
    </message>
    <message>
        <source>Line {line} made no node of this graph.</source>
        <translation>A linha {line} não criou nenhum nó deste grafo.</translation>
    </message>
    <message>
        <source>Lose them</source>
        <translation>Perdê-las</translation>
    </message>
    <message>
        <source>Lower</source>
        <translation>Mais baixo</translation>
    </message>
    <message>
        <source>Member after, before in a series</source>
        <translation>Membro seguinte, anterior de uma série</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>NaN and Inf</source>
        <translation>NaN e Inf</translation>
    </message>
    <message>
        <source>Narrower</source>
        <translation>Mais estreito</translation>
    </message>
    <message>
        <source>Neighbour of the node</source>
        <translation>Vizinho do nó</translation>
    </message>
    <message>
        <source>Neighbouring cell</source>
        <translation>Célula vizinha</translation>
    </message>
    <message>
        <source>New program</source>
        <translation>Novo programa</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Próxima ocorrência</translation>
    </message>
    <message>
        <source>Next page of the lesson</source>
        <translation>Próxima página da lição</translation>
    </message>
    <message>
        <source>Next panel</source>
        <translation>Próximo painel</translation>
    </message>
    <message>
        <source>Next pass</source>
        <translation>Próxima passagem</translation>
    </message>
    <message>
        <source>Next, previous field</source>
        <translation>Próximo campo, anterior</translation>
    </message>
    <message>
        <source>Next, previous match</source>
        <translation>Próxima ocorrência, anterior</translation>
    </message>
    <message>
        <source>Next, previous node</source>
        <translation>Próximo nó, anterior</translation>
    </message>
    <message>
        <source>No command has these letters.</source>
        <translation>Nenhum comando tem estas letras.</translation>
    </message>
    <message>
        <source>No other variable is a tensor of this shape.</source>
        <translation>Nenhuma outra variável é um tensor dessa forma.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Agora não</translation>
    </message>
    <message>
        <source>Of an output that is stepped: without it the pass frees what its graph has saved</source>
        <translation>De uma saída que é percorrida: sem isto, a passagem libera o que o grafo dela guardou</translation>
    </message>
    <message>
        <source>Old, new or difference</source>
        <translation>Antigo, novo ou diferença</translation>
    </message>
    <message>
        <source>On NaN</source>
        <translation>Em NaN</translation>
    </message>
    <message>
        <source>Once nothing is selected, out of the presentation or the large panel</source>
        <translation>Quando nada está selecionado, sai da apresentação ou do painel grande</translation>
    </message>
    <message>
        <source>One node on, back</source>
        <translation>Um nó adiante, para trás</translation>
    </message>
    <message>
        <source>One of the same shape beside what is selected, and how far the two are apart</source>
        <translation>Um da mesma forma ao lado do selecionado, e quanto os dois diferem</translation>
    </message>
    <message>
        <source>Open a folder of lessons</source>
        <translation>Abrir uma pasta de lições</translation>
    </message>
    <message>
        <source>Open a folder of lessons…</source>
        <translation>Abrir uma pasta de lições…</translation>
    </message>
    <message>
        <source>Open a menu</source>
        <translation>Abrir um menu</translation>
    </message>
    <message>
        <source>Open a module</source>
        <translation>Abrir um módulo</translation>
    </message>
    <message>
        <source>Open program</source>
        <translation>Abrir programa</translation>
    </message>
    <message>
        <source>Open run folder…</source>
        <translation>Abrir pasta de execução…</translation>
    </message>
    <message>
        <source>Open the pass that ran after; from the newest, run to the next</source>
        <translation>Abrir a passagem que veio depois; a partir da mais nova, executar até a próxima</translation>
    </message>
    <message>
        <source>Open the pass that ran before</source>
        <translation>Abrir a passagem que veio antes</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Abrir…</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Página anterior</translation>
    </message>
    <message>
        <source>PageUp, PageDown, with Ctrl</source>
        <translation>PageUp, PageDown, com Ctrl</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Deslocar</translation>
    </message>
    <message>
        <source>Panel large</source>
        <translation>Painel ampliado</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Painéis</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>Passagens</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Pause on NaN while stepping</source>
        <translation>Pausar em NaN no passo a passo</translation>
    </message>
    <message>
        <source>Pause or resume training</source>
        <translation>Pausar ou retomar treino</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproduzir</translation>
    </message>
    <message>
        <source>Play faster</source>
        <translation>Reproduzir mais rápido</translation>
    </message>
    <message>
        <source>Play slower</source>
        <translation>Reproduzir mais devagar</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>Gráficos</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>Prever</translation>
    </message>
    <message>
        <source>Predict, then reveal</source>
        <translation>Prever e depois revelar</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Apresentar</translation>
    </message>
    <message>
        <source>Pretraining</source>
        <translation>Pré-treino</translation>
    </message>
    <message>
        <source>Pretraining workspace</source>
        <translation>Área de Pré-treino</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Ocorrência anterior</translation>
    </message>
    <message>
        <source>Previous panel</source>
        <translation>Painel anterior</translation>
    </message>
    <message>
        <source>Previous pass</source>
        <translation>Passagem anterior</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programa</translation>
    </message>
    <message>
        <source>Program as large as the rest</source>
        <translation>Programa do tamanho do resto</translation>
    </message>
    <message>
        <source>Program larger</source>
        <translation>Programa maior</translation>
    </message>
    <message>
        <source>Program smaller</source>
        <translation>Programa menor</translation>
    </message>
    <message>
        <source>Programs, notebooks and tensors ({suffixes});;All files (*)</source>
        <translation>Programas, notebooks e tensores ({suffixes});;Todos os arquivos (*)</translation>
    </message>
    <message>
        <source>Put the keyboard into the next panel</source>
        <translation>Levar o teclado ao próximo painel</translation>
    </message>
    <message>
        <source>Put the keyboard into the panel before</source>
        <translation>Levar o teclado ao painel anterior</translation>
    </message>
    <message>
        <source>Python has {words}</source>
        <translation>O Python recebe {words}</translation>
    </message>
    <message>
        <source>Python programs (*.py);;All files (*)</source>
        <translation>Programas Python (*.py);;Todos os arquivos (*)</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Sair</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Refazer</translation>
    </message>
    <message>
        <source>Release the cursor</source>
        <translation>Soltar o cursor</translation>
    </message>
    <message>
        <source>Replace, replace all, in the find bar</source>
        <translation>Substituir, substituir tudo, na barra de busca</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Esquecer</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>Restaurar disposição</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Reiniciar</translation>
    </message>
    <message>
        <source>Restart and run</source>
        <translation>Reiniciar e executar</translation>
    </message>
    <message>
        <source>Restart engine</source>
        <translation>Reiniciar motor</translation>
    </message>
    <message>
        <source>Retain the graph (retain_graph=True)</source>
        <translation>Manter o grafo (retain_graph=True)</translation>
    </message>
    <message>
        <source>Return to the newest pass</source>
        <translation>Voltar à passagem mais nova</translation>
    </message>
    <message>
        <source>Reveal without judging</source>
        <translation>Revelar sem avaliar</translation>
    </message>
    <message>
        <source>Right, Left</source>
        <translation>Direita, Esquerda</translation>
    </message>
    <message>
        <source>Ring around the pointer</source>
        <translation>Anel em volta do ponteiro</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Executar</translation>
    </message>
    <message>
        <source>Run on, and hold the pass of a number at its first node</source>
        <translation>Seguir adiante e reter no primeiro nó a passagem de um número dado</translation>
    </message>
    <message>
        <source>Run selection or cell</source>
        <translation>Executar seleção ou célula</translation>
    </message>
    <message>
        <source>Run the program to read {name}.</source>
        <translation>Execute o programa para ler {name}.</translation>
    </message>
    <message>
        <source>Run to a pass</source>
        <translation>Executar até uma passagem</translation>
    </message>
    <message>
        <source>Run to pass…</source>
        <translation>Executar até a passagem…</translation>
    </message>
    <message>
        <source>Run to the cursor's line</source>
        <translation>Executar até a linha do cursor</translation>
    </message>
    <message>
        <source>Run to the end of the program</source>
        <translation>Executar até o fim do programa</translation>
    </message>
    <message>
        <source>Run to what is selected</source>
        <translation>Executar até o que está selecionado</translation>
    </message>
    <message>
        <source>Run to…</source>
        <translation>Ir até…</translation>
    </message>
    <message>
        <source>Run, and pause inside every backward() that the program calls</source>
        <translation>Executar e pausar dentro de cada backward() que o programa chama</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Salvar como…</translation>
    </message>
    <message>
        <source>Save program</source>
        <translation>Salvar programa</translation>
    </message>
    <message>
        <source>Save tensor</source>
        <translation>Salvar tensor</translation>
    </message>
    <message>
        <source>Save tensor…</source>
        <translation>Salvar tensor…</translation>
    </message>
    <message>
        <source>Save the changes to {program}?</source>
        <translation>Salvar as mudanças em {program}?</translation>
    </message>
    <message>
        <source>Save?</source>
        <translation>Salvar?</translation>
    </message>
    <message>
        <source>Say first which text stays: nothing was saved.</source>
        <translation>Diga primeiro qual texto fica: nada foi salvo.</translation>
    </message>
    <message>
        <source>Select a tensor first: a variable, or a node of the graph.</source>
        <translation>Selecione antes um tensor: uma variável ou um nó do grafo.</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>Não selecionar nada</translation>
    </message>
    <message>
        <source>Show or close the graph's legend</source>
        <translation>Mostrar ou fechar a legenda do grafo</translation>
    </message>
    <message>
        <source>Show the whole run</source>
        <translation>Mostrar a execução inteira</translation>
    </message>
    <message>
        <source>Size of the panel</source>
        <translation>Tamanho do painel</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Texto menor</translation>
    </message>
    <message>
        <source>Something went wrong in the window. Your program is autosaved.</source>
        <translation>Algo deu errado na janela. O seu programa está salvo automaticamente.</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Iniciar treino</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Passo</translation>
    </message>
    <message>
        <source>Step by itself. While it plays, or the pass runs on, hold at the next node</source>
        <translation>Avançar sozinho. Enquanto reproduz, ou a passagem segue adiante, parar no próximo nó</translation>
    </message>
    <message>
        <source>Step over</source>
        <translation>Passar</translation>
    </message>
    <message>
        <source>Step over the module</source>
        <translation>Passar por cima do módulo</translation>
    </message>
    <message>
        <source>Step over what is on screen</source>
        <translation>Passar por cima do que está na tela</translation>
    </message>
    <message>
        <source>Step the backward of the output on the canvas, without a backward() line</source>
        <translation>Percorrer passo a passo o backward da saída na tela, sem uma linha com backward()</translation>
    </message>
    <message>
        <source>Step this output</source>
        <translation>Percorrer esta saída</translation>
    </message>
    <message>
        <source>Step through</source>
        <translation>Passo a passo</translation>
    </message>
    <message>
        <source>Step through selection or cell</source>
        <translation>Passo a passo na seleção ou célula</translation>
    </message>
    <message>
        <source>Step, whatever is entered</source>
        <translation>Dar o passo, seja o que for que esteja escrito</translation>
    </message>
    <message>
        <source>Still busy</source>
        <translation>Ainda ocupado</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Stop training</source>
        <translation>Parar treino</translation>
    </message>
    <message>
        <source>Stop where a gradient is NaN or Inf</source>
        <translation>Parar onde um gradiente é NaN ou Inf</translation>
    </message>
    <message>
        <source>Tensor from a file</source>
        <translation>Tensor de um arquivo</translation>
    </message>
    <message>
        <source>Tensor from a file…</source>
        <translation>Tensor de um arquivo…</translation>
    </message>
    <message>
        <source>Tensor in the middle</source>
        <translation>Tensor no meio</translation>
    </message>
    <message>
        <source>Tensor visualizer</source>
        <translation>Visualizador de tensores</translation>
    </message>
    <message>
        <source>Tensors ({suffixes});;All files (*)</source>
        <translation>Tensores ({suffixes});;Todos os arquivos (*)</translation>
    </message>
    <message>
        <source>Tensors, gradients and a first GPT-2, page by page beside the panels</source>
        <translation>Tensores, gradientes e um primeiro GPT-2, página por página ao lado dos painéis</translation>
    </message>
    <message>
        <source>Text of the program</source>
        <translation>Texto do programa</translation>
    </message>
    <message>
        <source>The backward needs a list of gradients: {which}, None for a scalar.</source>
        <translation>O backward precisa de uma lista de gradientes: {which}, None para um escalar.</translation>
    </message>
    <message>
        <source>The backward needs a list of gradients: {which}.</source>
        <translation>O backward precisa de uma lista de gradientes: {which}.</translation>
    </message>
    <message>
        <source>The engine ended</source>
        <translation>O motor terminou</translation>
    </message>
    <message>
        <source>The engine was killed and starts afresh. Its variables are lost, the program is not.</source>
        <translation>O motor foi encerrado à força e começa de novo. As variáveis se perderam, o programa não.</translation>
    </message>
    <message>
        <source>The file was not taken</source>
        <translation>O arquivo não foi aceito</translation>
    </message>
    <message>
        <source>The file's</source>
        <translation>O do arquivo</translation>
    </message>
    <message>
        <source>The gradients of this pass stay in the tensors' .grad.</source>
        <translation>Os gradientes desta passagem ficam no .grad dos tensores.</translation>
    </message>
    <message>
        <source>The name at the cursor, everywhere where it stands for the same</source>
        <translation>O nome no cursor, em todo lugar onde designa o mesmo</translation>
    </message>
    <message>
        <source>The next node that the line of the text cursor made</source>
        <translation>O próximo nó que a linha do cursor de texto criou</translation>
    </message>
    <message>
        <source>The numbers in the visible range of every shown run</source>
        <translation>Os números no trecho visível de cada execução mostrada</translation>
    </message>
    <message>
        <source>The panel with the keyboard alone, and all of them again; F6 goes on to the next</source>
        <translation>Só o painel que tem o teclado, e depois todos de novo; F6 passa ao próximo</translation>
    </message>
    <message>
        <source>The panel with the keyboard gets some of the height above or below it</source>
        <translation>O painel com o teclado ganha um pouco da altura acima ou abaixo</translation>
    </message>
    <message>
        <source>The panel with the keyboard gets some of the width beside it</source>
        <translation>O painel com o teclado ganha um pouco da largura ao lado</translation>
    </message>
    <message>
        <source>The panel with the keyboard leaves some of its height to what is above or below it</source>
        <translation>O painel com o teclado cede um pouco de sua altura ao que está acima ou abaixo</translation>
    </message>
    <message>
        <source>The panel with the keyboard leaves some of its width to what is beside it</source>
        <translation>O painel com o teclado cede um pouco de sua largura ao que está ao lado</translation>
    </message>
    <message>
        <source>The program is inside one native operation, of PyTorch or another library, which cannot be interrupted; it stops when that returns.</source>
        <translation>O programa está dentro de uma operação nativa, do PyTorch ou de outra biblioteca, que não pode ser interrompida; ele para quando ela retornar.</translation>
    </message>
    <message>
        <source>The program was not opened</source>
        <translation>O programa não foi aberto</translation>
    </message>
    <message>
        <source>The program was not run</source>
        <translation>O programa não foi executado</translation>
    </message>
    <message>
        <source>The program was not saved</source>
        <translation>O programa não foi salvo</translation>
    </message>
    <message>
        <source>The program's own gradients again, or those of the newest experiment</source>
        <translation>De novo os gradientes do próprio programa, ou os do experimento mais novo</translation>
    </message>
    <message>
        <source>The same, pausing inside every backward() that it calls</source>
        <translation>O mesmo, pausando dentro de cada backward() que ela chama</translation>
    </message>
    <message>
        <source>The selected lines, else the cell between two lines # %%, else the statement at the cursor</source>
        <translation>As linhas selecionadas; sem seleção, a célula entre duas linhas # %%; sem células, a instrução no cursor</translation>
    </message>
    <message>
        <source>The selected node, or the first of a folded card to run</source>
        <translation>O nó selecionado, ou o primeiro de um cartão recolhido a ser executado</translation>
    </message>
    <message>
        <source>The tensor was not saved</source>
        <translation>O tensor não foi salvo</translation>
    </message>
    <message>
        <source>The text of the program as large as that of the window</source>
        <translation>O texto do programa do tamanho do da janela</translation>
    </message>
    <message>
        <source>There is no histogram of a single number, and of none.</source>
        <translation>Não há histograma de um só número, nem de nenhum.</translation>
    </message>
    <message>
        <source>Why it is None or zero: what cut the selected tensor off, on which line, and what to write instead</source>
        <translation>Por que é None ou zero: o que cortou o tensor selecionado, em que linha, e o que escrever no lugar</translation>
    </message>
    <message>
        <source>Wider</source>
        <translation>Mais largo</translation>
    </message>
    <message numerus="yes">
        <source>{n} other files were left: a program opens alone.</source>
        <translation>
            <numerusform>{n} outro arquivo foi deixado de fora: um programa abre sozinho.</numerusform>
            <numerusform>{n} outros arquivos foram deixados de fora: um programa abre sozinho.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The variables of {program} took {n} minutes to compute.</source>
        <translation>
            <numerusform>As variáveis de {program} levaram {n} minuto para serem calculadas.</numerusform>
            <numerusform>As variáveis de {program} levaram {n} minutos para serem calculadas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The variables of {program} took {n} seconds to compute.</source>
        <translation>
            <numerusform>As variáveis de {program} levaram {n} segundo para serem calculadas.</numerusform>
            <numerusform>As variáveis de {program} levaram {n} segundos para serem calculadas.</numerusform>
        </translation>
    </message>
    <message>
        <source>The whole screen for one panel in large text; F6 goes on to the next</source>
        <translation>A tela inteira para um painel, com texto grande; F6 passa ao próximo</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Tema: escuro</translation>
    </message>
    <message>
        <source>Theme: follow the system</source>
        <translation>Tema: seguir o sistema</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Tema: claro</translation>
    </message>
    <message>
        <source>There is no folder {path} on this machine.</source>
        <translation>Não há pasta {path} nesta máquina.</translation>
    </message>
    <message>
        <source>There is no pass {number}: passes count from 1.</source>
        <translation>Não existe passagem {number}: elas são contadas a partir de 1.</translation>
    </message>
    <message>
        <source>There is nothing to run here.</source>
        <translation>Não há nada para executar aqui.</translation>
    </message>
    <message>
        <source>A window left another text of {program} on {when}, without having saved it.</source>
        <translation>Uma janela deixou outro texto de {program} em {when}, sem tê-lo salvo.</translation>
    </message>
    <message numerus="yes">
        <source>{n} more such texts follow.</source>
        <translation>
            <numerusform>Há mais {n} texto assim, que vem depois.</numerusform>
            <numerusform>Há mais {n} textos assim, que vêm depois.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Give it up</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Mais tarde</translation>
    </message>
    <message>
        <source>This is {program} as the last window left it on {when}, without having been saved.</source>
        <translation>Este é {program} como a última janela o deixou em {when}, sem ter sido salvo.</translation>
    </message>
    <message>
        <source>No variable is called {name}: run the program of the page.</source>
        <translation>Nenhuma variável se chama {name}: execute o programa da página.</translation>
    </message>
    <message>
        <source>This link leads nowhere here: {link}</source>
        <translation>Este link não leva a lugar nenhum aqui: {link}</translation>
    </message>
    <message>
        <source>This one</source>
        <translation>Este</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Linha do tempo</translation>
    </message>
    <message>
        <source>To start</source>
        <translation>Ao início</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Ao fim</translation>
    </message>
    <message>
        <source>To the first NaN or Inf</source>
        <translation>Ao primeiro NaN ou Inf</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>Ao início</translation>
    </message>
    <message>
        <source>To the start, to the end</source>
        <translation>Ao início, ao fim</translation>
    </message>
    <message>
        <source>To where something last arrived at the selected node, or was added to its .grad</source>
        <translation>Para onde algo chegou pela última vez ao nó selecionado, ou foi somado ao seu .grad</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Treino</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>Unfold all modules</source>
        <translation>Expandir todos os módulos</translation>
    </message>
    <message>
        <source>Up to 200 nodes a second</source>
        <translation>Até 200 nós por segundo</translation>
    </message>
    <message>
        <source>Variables are lost, not the program</source>
        <translation>As variáveis se perdem, o programa não</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ver</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Esperar</translation>
    </message>
    <message>
        <source>Wait for it, or kill the engine: the program stays, its variables are lost.</source>
        <translation>Espere, ou encerre o motor à força: o programa fica, as variáveis dele se perdem.</translation>
    </message>
    <message>
        <source>What differs between the chosen runs…</source>
        <translation>O que difere entre as execuções escolhidas…</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>O que você quer fazer?</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>E se</translation>
    </message>
    <message>
        <source>What if another gradient entered here…</source>
        <translation>E se outro gradiente entrasse aqui…</translation>
    </message>
    <message>
        <source>What is selected, large, in place of the graph; where there is no graph it stands there by itself</source>
        <translation>O que está selecionado, grande, no lugar do grafo; onde não há grafo, ele já aparece ali</translation>
    </message>
    <message>
        <source>What the inspector shows, as .npy, .npz, .safetensors, .pt, .csv or .png</source>
        <translation>O que o inspetor mostra, como .npy, .npz, .safetensors, .pt, .csv ou .png</translation>
    </message>
    <message>
        <source>What the program finds in sys.argv, and the folder that it begins in</source>
        <translation>O que o programa encontra em sys.argv, e a pasta em que ele começa</translation>
    </message>
    <message>
        <source>Which of an experiment's gradients norms, timeline, colours and inspector show</source>
        <translation>Quais gradientes de um experimento aparecem nas normas, na linha do tempo, nas cores e no inspetor</translation>
    </message>
    <message>
        <source>Which part changed cell {cell} is not kept: this is where the gradient as a whole last changed.</source>
        <translation>Não está guardado qual parte mudou a célula {cell}: aqui o gradiente inteiro mudou pela última vez.</translation>
    </message>
    <message>
        <source>While a program is stepped, hold it where a number turns NaN or infinite, forward or backward</source>
        <translation>No passo a passo, reter o programa onde um número vira NaN ou infinito, no forward ou no backward</translation>
    </message>
    <message>
        <source>Why is there no gradient?</source>
        <translation>Por que não há gradiente?</translation>
    </message>
    <message>
        <source>Write the number of a pass: passes count from 1.</source>
        <translation>Escreva o número de uma passagem: elas são contadas a partir de 1.</translation>
    </message>
    <message>
        <source>Zoom in, out, fit</source>
        <translation>Ampliar, reduzir, ajustar</translation>
    </message>
    <message>
        <source>Zoom in, out, to 100 %</source>
        <translation>Ampliar, reduzir, a 100 %</translation>
    </message>
    <message>
        <source>all {value}</source>
        <translation>todos {value}</translation>
    </message>
    <message numerus="yes">
        <source>and {n} more</source>
        <translation>
            <numerusform>e mais {n}</numerusform>
            <numerusform>e mais {n}</numerusform>
        </translation>
    </message>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <translation>dd/MM/yyyy HH:mm</translation>
    </message>
    <message>
        <source>d MMMM, HH:mm</source>
        <translation>d 'de' MMMM, HH:mm</translation>
    </message>
    <message>
        <source>one of the shape {shape} for {name}</source>
        <translation>um com a forma {shape} para {name}</translation>
    </message>
    <message>
        <source>torch {torch}, Python {python}, engine process {pid}</source>
        <translation>torch {torch}, Python {python}, processo do motor {pid}</translation>
    </message>
    <message numerus="yes">
        <source>torch {version}   {devices}, {n} threads</source>
        <translation>
            <numerusform>torch {version}   {devices}, {n} thread</numerusform>
            <numerusform>torch {version}   {devices}, {n} threads</numerusform>
        </translation>
    </message>
    <message>
        <source>{command} (not now)</source>
        <translation>{command} (agora não)</translation>
    </message>
    <message>
        <source>{name} has the shape {shape}, so the backward needs a gradient of that shape:</source>
        <translation>{name} tem a forma {shape}, então o backward precisa de um gradiente com essa forma:</translation>
    </message>
    <message>
        <source>{name} is gone from the disk; Save writes it again.</source>
        <translation>{name} não está mais no disco; Salvar o grava de novo.</translation>
    </message>
    <message>
        <source>{name} was changed by another program and read again.</source>
        <translation>{name} foi mudado por outro programa e lido de novo.</translation>
    </message>
    <message>
        <source>{name} was changed by another program too. Which text stays?</source>
        <translation>{name} também foi mudado por outro programa. Qual texto fica?</translation>
    </message>
    <message>
        <source>{name} was read as a program, without what its cells had put out; Save writes {program}.</source>
        <translation>{name} foi lido como um programa, sem as saídas de suas células; Salvar grava {program}.</translation>
    </message>
    <message>
        <source>{name}: {size} written.</source>
        <translation>{name}: {size} gravados.</translation>
    </message>
    <message numerus="yes">
        <source>{n} passes have begun. The number of one to come is held at its first node, an earlier one opens:</source>
        <translation>
            <numerusform>{n} passagem começou. O número de uma que virá a retém no primeiro nó; uma anterior se abre:</numerusform>
            <numerusform>{n} passagens começaram. O número de uma que virá a retém no primeiro nó; uma anterior se abre:</numerusform>
        </translation>
    </message>
    <message>
        <source>{program} is still running.</source>
        <translation>{program} ainda está em execução.</translation>
    </message>
    <message>
        <source>Line {line} made no node of this graph. What {nodes} runs inside is not held.</source>
        <translation>A linha {line} não fez nenhum nó deste grafo. O que {nodes} executa dentro não é retido.</translation>
    </message>
    <message>
        <source>{name} was written again.</source>
        <translation>{name} foi gravado de novo.</translation>
    </message>
    <message>
        <source>{name} is on the disk again.</source>
        <translation>{name} está no disco de novo.</translation>
    </message>
    <message>
        <source>The lines of {name} end in several ways; Save ends all as most of them do.</source>
        <translation>As linhas de {name} terminam de vários modos; Salvar termina todas como a maioria delas.</translation>
    </message>
    <message>
        <source>load file notebook csv dataset picture reopen</source>
        <translation>carregar arquivo notebook csv dados imagem reabrir ontem</translation>
    </message>
    <message>
        <source>open load data dataset csv npy image</source>
        <translation>abrir carregar dados csv npy imagem</translation>
    </message>
    <message>
        <source>export numbers csv npy</source>
        <translation>exportar números csv npy</translation>
    </message>
    <message>
        <source>save picture image screenshot drawing video film</source>
        <translation>salvar figura imagem captura desenho vídeo filme</translation>
    </message>
    <message>
        <source>preferences options configuration</source>
        <translation>preferências opções configurações idioma</translation>
    </message>
    <message>
        <source>exit close</source>
        <translation>sair fechar encerrar</translation>
    </message>
    <message>
        <source>take back deletion</source>
        <translation>voltar atrás apagar exclusão</translation>
    </message>
    <message>
        <source>repeat</source>
        <translation>repetir</translation>
    </message>
    <message>
        <source>search</source>
        <translation>procurar buscar pesquisar</translation>
    </message>
    <message>
        <source>substitute search</source>
        <translation>trocar procurar</translation>
    </message>
    <message>
        <source>goto jump number</source>
        <translation>pular número</translation>
    </message>
    <message>
        <source>multiple multi occurrences</source>
        <translation>múltiplos vários ocorrências</translation>
    </message>
    <message>
        <source>multiple multi column</source>
        <translation>múltiplos vários coluna</translation>
    </message>
    <message>
        <source>documentation help docstring hover</source>
        <translation>documentação ajuda</translation>
    </message>
    <message>
        <source>signature arguments help</source>
        <translation>assinatura argumentos ajuda</translation>
    </message>
    <message>
        <source>jump declaration source</source>
        <translation>pular declaração código-fonte</translation>
    </message>
    <message>
        <source>maximise big whole</source>
        <translation>maximizar grande inteiro</translation>
    </message>
    <message>
        <source>difference two</source>
        <translation>diferença dois</translation>
    </message>
    <message>
        <source>distribution spread plot</source>
        <translation>distribuição gráfico</translation>
    </message>
    <message>
        <source>zoom in font size bigger</source>
        <translation>zoom ampliar fonte tamanho aumentar</translation>
    </message>
    <message>
        <source>zoom out font size</source>
        <translation>zoom reduzir fonte tamanho diminuir</translation>
    </message>
    <message>
        <source>maximise full screen zoom</source>
        <translation>maximizar tela cheia ampliar</translation>
    </message>
    <message>
        <source>presentation projector beamer full screen classroom slides</source>
        <translation>apresentação projetor tela cheia sala aula</translation>
    </message>
    <message>
        <source>mouse highlight presentation</source>
        <translation>mouse destacar apresentação</translation>
    </message>
    <message>
        <source>key colours meaning</source>
        <translation>cores significado</translation>
    </message>
    <message>
        <source>default panels windows docks restore</source>
        <translation>padrão painéis janelas restaurar</translation>
    </message>
    <message>
        <source>execute start all</source>
        <translation>executar iniciar tudo</translation>
    </message>
    <message>
        <source>debug debugger backward</source>
        <translation>depurar depurador backward</translation>
    </message>
    <message>
        <source>cell line execute</source>
        <translation>célula linha executar</translation>
    </message>
    <message>
        <source>argv command line working directory</source>
        <translation>argv linha de comando diretório</translation>
    </message>
    <message>
        <source>kill interrupt cancel abort</source>
        <translation>matar interromper cancelar abortar</translation>
    </message>
    <message>
        <source>new create make</source>
        <translation>novo criar fazer</translation>
    </message>
    <message>
        <source>kernel memory variables clear python</source>
        <translation>kernel memória variáveis limpar python</translation>
    </message>
    <message>
        <source>next forward backward node</source>
        <translation>próximo avançar backward nó</translation>
    </message>
    <message>
        <source>previous undo step</source>
        <translation>anterior desfazer passo</translation>
    </message>
    <message>
        <source>animate automatically</source>
        <translation>animar automaticamente</translation>
    </message>
    <message>
        <source>stop pause line</source>
        <translation>parar pausar linha</translation>
    </message>
    <message>
        <source>zero vanish missing None cut</source>
        <translation>zero some falta None corte</translation>
    </message>
    <message>
        <source>vanishing exploding dead neurons</source>
        <translation>desaparecem explodem neurônios mortos</translation>
    </message>
    <message>
        <source>pretrain gpt language model fit learn</source>
        <translation>pré-treinar gpt modelo de linguagem ajustar aprender</translation>
    </message>
    <message>
        <source>train gpt language model learning rate dropout loss curve runs</source>
        <translation>treinar gpt modelo de linguagem taxa de aprendizado dropout perda curva execuções</translation>
    </message>
    <message>
        <source>learning rate dropout longer steps</source>
        <translation>taxa de aprendizado dropout mais passos</translation>
    </message>
    <message>
        <source>fork checkpoint</source>
        <translation>bifurcar checkpoint</translation>
    </message>
    <message>
        <source>chat generate sample text prompt talk</source>
        <translation>conversar gerar amostra texto prompt perguntar</translation>
    </message>
    <message>
        <source>save hugging face huggingface download model</source>
        <translation>salvar hugging face huggingface baixar modelo</translation>
    </message>
    <message>
        <source>tutorial learn course teach begin</source>
        <translation>tutorial aprender curso ensinar começar</translation>
    </message>
    <message>
        <source>keyboard keys help hotkeys</source>
        <translation>teclado teclas ajuda</translation>
    </message>
    <message>
        <source>version licence</source>
        <translation>versão licença</translation>
    </message>
    <message>
        <source>open example sample demo</source>
        <translation>abrir exemplo amostra demonstração</translation>
    </message>
</context>
</TS>
