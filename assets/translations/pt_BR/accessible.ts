<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>accessible</name>
    <message>
        <source>{share} zeros, place {place} of {n}</source>
        <translation>{share} de zeros, lugar {place} de {n}</translation>
    </message>
    <message>
        <source>A dash marks a cell below 0</source>
        <translation>Um traço marca uma célula abaixo de 0</translation>
    </message>
    <message>
        <source>about</source>
        <translation>cerca de</translation>
    </message>
    <message>
        <source>and so on</source>
        <translation>e assim por diante</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>no mínimo</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>no máximo</translation>
    </message>
    <message>
        <source>becomes</source>
        <translation>passa a ser</translation>
    </message>
    <message>
        <source>Begin a range at the cursor, zoom to it</source>
        <translation>Começar um intervalo no cursor, ampliar até ele</translation>
    </message>
    <message>
        <source>Breakpoint at line {line}</source>
        <translation>Ponto de parada na linha {line}</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>distributed as</source>
        <translation>com distribuição</translation>
    </message>
    <message>
        <source>equals</source>
        <translation>igual a</translation>
    </message>
    <message>
        <source>Have the row, the column read</source>
        <translation>Ouvir a linha, a coluna</translation>
    </message>
    <message>
        <source>in</source>
        <translation>em</translation>
    </message>
    <message>
        <source>infinity</source>
        <translation>infinito</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>é diferente de</translation>
    </message>
    <message>
        <source>less than</source>
        <translation>menor que</translation>
    </message>
    <message>
        <source>Line numbers</source>
        <translation>Números de linha</translation>
    </message>
    <message>
        <source>minus</source>
        <translation>menos</translation>
    </message>
    <message>
        <source>minus or plus</source>
        <translation>menos ou mais</translation>
    </message>
    <message>
        <source>modulo</source>
        <translation>módulo</translation>
    </message>
    <message>
        <source>more than</source>
        <translation>maior que</translation>
    </message>
    <message>
        <source>No breakpoint at line {line}</source>
        <translation>Sem ponto de parada na linha {line}</translation>
    </message>
    <message>
        <source>Numbers are read where they can be seen: + zooms in.</source>
        <translation>Os números são lidos onde podem ser vistos: + aproxima.</translation>
    </message>
    <message>
        <source>column {place}</source>
        <translation>coluna {place}</translation>
    </message>
    <message>
        <source>Ctrl+Right, Ctrl+Left</source>
        <translation>Ctrl+Direita, Ctrl+Esquerda</translation>
    </message>
    <message>
        <source>Cursor further on, back</source>
        <translation>Cursor mais adiante, para trás</translation>
    </message>
    <message>
        <source>columns {first} to {last} of {n}</source>
        <translation>colunas de {first} a {last}, de {n}</translation>
    </message>
    <message>
        <source>element {place}</source>
        <translation>elemento {place}</translation>
    </message>
    <message>
        <source>Enter, Enter at its other end</source>
        <translation>Enter, Enter na outra ponta</translation>
    </message>
    <message>
        <source>from {low} to {high}</source>
        <translation>de {low} a {high}</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Alto contraste</translation>
    </message>
    <message>
        <source>highest {place}</source>
        <translation>máximo {place}</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>taxa de aprendizado</translation>
    </message>
    <message>
        <source>lowest {place}</source>
        <translation>mínimo {place}</translation>
    </message>
    <message>
        <source>memory in GiB</source>
        <translation>memória em GiB</translation>
    </message>
    <message>
        <source>over</source>
        <translation>sobre</translation>
    </message>
    <message>
        <source>over {index}</source>
        <translation>em {index}</translation>
    </message>
    <message>
        <source>Page of the lesson</source>
        <translation>Página da lição</translation>
    </message>
    <message>
        <source>partial</source>
        <translation>parcial</translation>
    </message>
    <message>
        <source>place {place}: {text}, element {index}</source>
        <translation>lugar {place}: {text}, elemento {index}</translation>
    </message>
    <message>
        <source>place {place}: {text}, not read by it</source>
        <translation>lugar {place}: {text}, que ele não lê</translation>
    </message>
    <message>
        <source>plus</source>
        <translation>mais</translation>
    </message>
    <message>
        <source>plus or minus</source>
        <translation>mais ou menos</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Prévia</translation>
    </message>
    <message>
        <source>Program of the page</source>
        <translation>Programa da página</translation>
    </message>
    <message>
        <source>row {place}</source>
        <translation>linha {place}</translation>
    </message>
    <message>
        <source>Shift+Right, Shift+Left</source>
        <translation>Shift+Direita, Shift+Esquerda</translation>
    </message>
    <message>
        <source>squared</source>
        <translation>ao quadrado</translation>
    </message>
    <message>
        <source>star</source>
        <translation>estrela</translation>
    </message>
    <message>
        <source>sub {index}</source>
        <translation>índice {index}</translation>
    </message>
    <message>
        <source>Text of the lesson</source>
        <translation>Texto da lição</translation>
    </message>
    <message>
        <source>rows {first} to {last} of {n}</source>
        <translation>linhas de {first} a {last}, de {n}</translation>
    </message>
    <message>
        <source>the ceiling of</source>
        <translation>o teto de</translation>
    </message>
    <message>
        <source>the floor of</source>
        <translation>o piso de</translation>
    </message>
    <message>
        <source>the integral {range} of</source>
        <translation>a integral {range} de</translation>
    </message>
    <message>
        <source>the logarithm of</source>
        <translation>o logaritmo de</translation>
    </message>
    <message>
        <source>the norm of</source>
        <translation>a norma de</translation>
    </message>
    <message>
        <source>the product {range} of</source>
        <translation>o produto {range} de</translation>
    </message>
    <message>
        <source>the square root of {what}</source>
        <translation>a raiz quadrada de {what}</translation>
    </message>
    <message>
        <source>the sum {range} of</source>
        <translation>a soma {range} de</translation>
    </message>
    <message>
        <source>times</source>
        <translation>vezes</translation>
    </message>
    <message>
        <source>times, cell by cell,</source>
        <translation>vezes, célula a célula,</translation>
    </message>
    <message>
        <source>to the power {what}</source>
        <translation>elevado a {what}</translation>
    </message>
    <message>
        <source>to {end}</source>
        <translation>até {end}</translation>
    </message>
    <message>
        <source>tokens per second</source>
        <translation>tokens por segundo</translation>
    </message>
    <message>
        <source>training loss</source>
        <translation>perda de treino</translation>
    </message>
    <message>
        <source>transposed</source>
        <translation>transposta</translation>
    </message>
    <message>
        <source>validation loss</source>
        <translation>perda de validação</translation>
    </message>
    <message>
        <source>value {number}</source>
        <translation>valor {number}</translation>
    </message>
    <message>
        <source>visible {range}</source>
        <translation>visível {range}</translation>
    </message>
    <message>
        <source>Zoom in, out</source>
        <translation>Ampliar, reduzir</translation>
    </message>
    <message>
        <source>{above} over {below}</source>
        <translation>{above} sobre {below}</translation>
    </message>
    <message>
        <source>{curve} {begin} to {end}</source>
        <translation>{curve} de {begin} a {end}</translation>
    </message>
    <message>
        <source>{name} saved</source>
        <translation>{name} salvo</translation>
    </message>
    <message numerus="yes">
        <source>{n} not finite</source>
        <translation>
            <numerusform>{n} não finito</numerusform>
            <numerusform>{n} não finitos</numerusform>
        </translation>
    </message>
    <message>
        <source>{rows} × {columns} cells</source>
        <translation>{rows} × {columns} células</translation>
    </message>
    <message>
        <source>{value} at step {step}</source>
        <translation>{value} no passo {step}</translation>
    </message>
    <message>
        <source>{what} conjugate</source>
        <translation>{what} conjugado</translation>
    </message>
    <message>
        <source>{what} hat</source>
        <translation>{what} chapéu</translation>
    </message>
    <message>
        <source>{what} tilde</source>
        <translation>{what} til</translation>
    </message>
</context>
</TS>
