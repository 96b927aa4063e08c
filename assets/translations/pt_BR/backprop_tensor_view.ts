<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>backprop_tensor_view</name>
    <message>
        <source>3 colours and opacity</source>
        <translation>3 cores e opacidade</translation>
    </message>
    <message>
        <source>A cell is the largest magnitude of {rows} × {columns} elements</source>
        <translation>Uma célula é a maior magnitude de {rows} × {columns} elementos</translation>
    </message>
    <message>
        <source>A cell is the largest magnitude of {rows} × {columns} elements, of evenly spaced rows</source>
        <translation>Uma célula é a maior magnitude de {rows} × {columns} elementos, de linhas igualmente espaçadas</translation>
    </message>
    <message>
        <source>A cell is the mean of {rows} × {columns} elements, in each channel</source>
        <translation>Uma célula é a média de {rows} × {columns} elementos, em cada canal</translation>
    </message>
    <message>
        <source>Ask the engine for these numbers once more</source>
        <translation>Pedir estes números ao motor mais uma vez</translation>
    </message>
    <message>
        <source>Axis of the columns</source>
        <translation>Eixo das colunas</translation>
    </message>
    <message>
        <source>Axis of the rows</source>
        <translation>Eixo das linhas</translation>
    </message>
    <message>
        <source>Bars: gradient norm, log scale</source>
        <translation>Barras: norma do gradiente, escala log</translation>
    </message>
    <message>
        <source>Colours are magnitudes; a cell's phase is in its tooltip</source>
        <translation>As cores são módulos; a fase de uma célula está na sua dica</translation>
    </message>
    <message>
        <source>Colours from {low} to {high}</source>
        <translation>Cores de {low} a {high}</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Colunas</translation>
    </message>
    <message>
        <source>Copy the gradient as text</source>
        <translation>Copiar o gradiente como texto</translation>
    </message>
    <message>
        <source>Copy the gradient as text (Ctrl+C)</source>
        <translation>Copiar o gradiente como texto (Ctrl+C)</translation>
    </message>
    <message>
        <source>Copy the value as text</source>
        <translation>Copiar o valor como texto</translation>
    </message>
    <message>
        <source>Copy the value as text (Ctrl+C)</source>
        <translation>Copiar o valor como texto (Ctrl+C)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ajustar</translation>
    </message>
    <message>
        <source>Fit (0). Ctrl+wheel zooms, a double click zooms to the numbers</source>
        <translation>Ajustar (0). Ctrl+roda amplia, um duplo clique amplia até os números</translation>
    </message>
    <message>
        <source>Gradient heat map</source>
        <translation>Mapa de calor do gradiente</translation>
    </message>
    <message>
        <source>Gradient · {nan} NaN · {inf} Inf</source>
        <translation>Gradiente · {nan} NaN · {inf} Inf</translation>
    </message>
    <message>
        <source>In colours</source>
        <translation>Em cores</translation>
    </message>
    <message>
        <source>One colour, all {value}</source>
        <translation>Uma só cor, todos {value}</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Parte</translation>
    </message>
    <message>
        <source>Position along axis {number}</source>
        <translation>Posição ao longo do eixo {number}</translation>
    </message>
    <message>
        <source>RGBA: {low} is dark, {high} is bright; in the fourth channel {low} is clear, {high} opaque</source>
        <translation>RGBA: {low} é escuro, {high} é claro; no quarto canal {low} é transparente, {high} opaco</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Ler de novo</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Linhas</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Estatísticas</translation>
    </message>
    <message>
        <source>Value heat map</source>
        <translation>Mapa de calor do valor</translation>
    </message>
    <message numerus="yes">
        <source>all {n} elements</source>
        <translation>
            <numerusform>o único elemento</numerusform>
            <numerusform>todos os {n} elementos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>this part, {n} elements</source>
        <translation>
            <numerusform>esta parte, {n} elemento</numerusform>
            <numerusform>esta parte, {n} elementos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Value, {n} elements</source>
        <translation>
            <numerusform>Valor, {n} elemento</numerusform>
            <numerusform>Valor, {n} elementos</numerusform>
        </translation>
    </message>
    <message>
        <source>after {done} of {total} nodes</source>
        <translation>depois de {done} de {total} nós</translation>
    </message>
    <message>
        <source>all</source>
        <translation>todos</translation>
    </message>
    <message>
        <source>all of an even sample</source>
        <translation>tudo de uma amostra uniforme</translation>
    </message>
    <message>
        <source>at node {position} of {total}</source>
        <translation>no nó {position} de {total}</translation>
    </message>
    <message>
        <source>axis {number}</source>
        <translation>eixo {number}</translation>
    </message>
    <message>
        <source>backward failed</source>
        <translation>o backward falhou</translation>
    </message>
    <message>
        <source>backward stopped</source>
        <translation>o backward parou</translation>
    </message>
    <message>
        <source>before the first node</source>
        <translation>antes do primeiro nó</translation>
    </message>
    <message>
        <source>current · {position} of {total}</source>
        <translation>atual · {position} de {total}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>feito</translation>
    </message>
    <message>
        <source>failed here</source>
        <translation>falhou aqui</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>gradiente</translation>
    </message>
    <message>
        <source>gradient histogram</source>
        <translation>histograma do gradiente</translation>
    </message>
    <message>
        <source>hook changed it: {norms}</source>
        <translation>hook a mudou: {norms}</translation>
    </message>
    <message>
        <source>hook changed what was sent: {norms}</source>
        <translation>hook mudou o que foi enviado: {norms}</translation>
    </message>
    <message>
        <source>magnitudes</source>
        <translation>magnitudes</translation>
    </message>
    <message>
        <source>max</source>
        <translation>máx.</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>média</translation>
    </message>
    <message>
        <source>min</source>
        <translation>mín.</translation>
    </message>
    <message>
        <source>min, max, mean, std and colours of an even sample</source>
        <translation>mín., máx., média, desvio e cores de uma amostra uniforme</translation>
    </message>
    <message>
        <source>node {position} of {total}</source>
        <translation>nó {position} de {total}</translation>
    </message>
    <message>
        <source>not counted yet</source>
        <translation>ainda não contados</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>dispensado</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>não alcançado</translation>
    </message>
    <message>
        <source>over finite elements</source>
        <translation>dos elementos finitos</translation>
    </message>
    <message>
        <source>ragged</source>
        <translation>irregular</translation>
    </message>
    <message>
        <source>ready · queue {place}</source>
        <translation>pronto · fila {place}</translation>
    </message>
    <message>
        <source>std</source>
        <translation>desvio</translation>
    </message>
    <message>
        <source>uninitialized</source>
        <translation>não inicializado</translation>
    </message>
    <message>
        <source>value</source>
        <translation>valor</translation>
    </message>
    <message>
        <source>value histogram</source>
        <translation>histograma do valor</translation>
    </message>
    <message>
        <source>waiting · {arrived} of {expected}</source>
        <translation>espera · {arrived} de {expected}</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>zeros</translation>
    </message>
    <message>
        <source>zeros, NaN, Inf</source>
        <translation>zeros, NaN, Inf</translation>
    </message>
    <message>
        <source>{call} is done</source>
        <translation>{call} terminou</translation>
    </message>
    <message>
        <source>Of an earlier run: {what}</source>
        <translation>De uma execução anterior: {what}</translation>
    </message>
    <message>
        <source>{count} from {first} to {last}</source>
        <translation>{count} de {first} a {last}</translation>
    </message>
    <message>
        <source>{done} of {total} nodes</source>
        <translation>{done} de {total} nós</translation>
    </message>
    <message>
        <source>{hooks} changed the norm that arrives: {norms}</source>
        <translation>{hooks} mudou a norma que chega: {norms}</translation>
    </message>
    <message>
        <source>{hooks} changed the norm that the node before sent on: {norms}</source>
        <translation>{hooks} mudou a norma que o nó anterior enviou: {norms}</translation>
    </message>
    <message>
        <source>{name}, no gradient</source>
        <translation>{name}, sem gradiente</translation>
    </message>
    <message>
        <source>{name}, norm {norm}</source>
        <translation>{name}, norma {norm}</translation>
    </message>
    <message numerus="yes">
        <source>{n} are {value}</source>
        <translation>
            <numerusform>{n} é {value}</numerusform>
            <numerusform>{n} são {value}</numerusform>
        </translation>
    </message>
    <message>
        <source>{spared} of {total} not needed</source>
        <translation>{spared} de {total} dispensados</translation>
    </message>
    <message>
        <source>{words}, sampled</source>
        <translation>{words}, por amostra</translation>
    </message>
    <message>
        <source>|z| = {magnitude}, phase {phase}°</source>
        <translation>|z| = {magnitude}, fase {phase}°</translation>
    </message>
    <message>
        <source>NumPy array</source>
        <translation>array do NumPy</translation>
    </message>
</context>
</TS>
