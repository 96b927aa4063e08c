<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>backprop_timeline</name>
    <message>
        <source>Backward timeline</source>
        <translation>Linha do tempo do backward</translation>
    </message>
    <message>
        <source>Ctrl+Shift+Enter steps through the program, F9 steps the output on the canvas: every node appears here.</source>
        <translation>Ctrl+Shift+Enter percorre o programa passo a passo, F9 a saída que está no grafo: cada nó aparece aqui.</translation>
    </message>
    <message>
        <source>How fast Play steps, in nodes per second: Shift+F8 slower, Ctrl+F8 faster</source>
        <translation>A velocidade de Reproduzir, em nós por segundo: Shift+F8 mais devagar, Ctrl+F8 mais depressa</translation>
    </message>
    <message>
        <source>Pass {number} of {total}: {words}</source>
        <translation>Passagem {number} de {total}: {words}</translation>
    </message>
    <message>
        <source>Passes of the run</source>
        <translation>Passagens da execução</translation>
    </message>
    <message>
        <source>Play speed</source>
        <translation>Velocidade da reprodução</translation>
    </message>
    <message numerus="yes">
        <source>Values and gradients of {kept} of {n} passes: {taken} of {room}</source>
        <translation>
            <numerusform>Valores e gradientes de {kept} de {n} passagem: {taken} de {room}</numerusform>
            <numerusform>Valores e gradientes de {kept} de {n} passagens: {taken} de {room}</numerusform>
        </translation>
    </message>
    <message>
        <source>and freed, unless the graph is retained</source>
        <translation>e liberado, a menos que o grafo seja mantido</translation>
    </message>
    <message>
        <source>earlier pass {number} · {total} so far</source>
        <translation>passagem anterior {number} · {total} até aqui</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>falhou</translation>
    </message>
    <message>
        <source>failed with {error}</source>
        <translation>falhou com {error}</translation>
    </message>
    <message>
        <source>gradient norm {norm}</source>
        <translation>norma do gradiente {norm}</translation>
    </message>
    <message>
        <source>held</source>
        <translation>retido</translation>
    </message>
    <message>
        <source>its norm was left out for speed</source>
        <translation>a sua norma foi omitida pela velocidade</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>perda</translation>
    </message>
    <message>
        <source>no gradient</source>
        <translation>sem gradiente</translation>
    </message>
    <message>
        <source>norm of its gradients {norm}</source>
        <translation>norma dos seus gradientes {norm}</translation>
    </message>
    <message>
        <source>not reached yet</source>
        <translation>ainda não alcançado</translation>
    </message>
    <message>
        <source>of its values nothing is kept</source>
        <translation>dos seus valores nada está guardado</translation>
    </message>
    <message>
        <source>outside of the graph</source>
        <translation>fora do grafo</translation>
    </message>
    <message>
        <source>pass {number} · {total} so far</source>
        <translation>passagem {number} · {total} até aqui</translation>
    </message>
    <message>
        <source>root</source>
        <translation>raiz</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>parada</translation>
    </message>
    <message>
        <source>the gradient of the selected tensor arrives</source>
        <translation>o gradiente do tensor selecionado chega</translation>
    </message>
    <message>
        <source>values and gradients are kept</source>
        <translation>valores e gradientes estão guardados</translation>
    </message>
    <message>
        <source>what the selected node made is read</source>
        <translation>o que o nó selecionado fez é lido</translation>
    </message>
    <message numerus="yes">
        <source>with {n} gradients that you changed</source>
        <translation>
            <numerusform>com {n} gradiente que você mudou</numerusform>
            <numerusform>com {n} gradientes que você mudou</numerusform>
        </translation>
    </message>
    <message>
        <source>{number} of {total}: {name}</source>
        <translation>{number} de {total}: {name}</translation>
    </message>
    <message numerus="yes">
        <source>{n} passes</source>
        <translation>
            <numerusform>{n} passagem</numerusform>
            <numerusform>{n} passagens</numerusform>
        </translation>
    </message>
    <message>
        <source>{words}: let go here to run to it</source>
        <translation>{words}: solte aqui para executar até ele</translation>
    </message>
    <message>
        <source>{words}: Enter runs to it</source>
        <translation>{words}: Enter executa até ele</translation>
    </message>
</context>
</TS>
