<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>accessible</name>
    <message>
        <source>A dash marks a cell below 0</source>
        <translation>Um traço marca uma célula abaixo de 0</translation>
    </message>
    <message>
        <source>Begin a range at the cursor, zoom to it</source>
        <translation>Começar um intervalo no cursor, ampliar até ele</translation>
    </message>
    <message>
        <source>Have the row, the column read</source>
        <translation>Ouvir a linha, a coluna</translation>
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
        <source>Page of the lesson</source>
        <translation>Página da lição</translation>
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
        <source>Text of the lesson</source>
        <translation>Texto da lição</translation>
    </message>
    <message>
        <source>rows {first} to {last} of {n}</source>
        <translation>linhas de {first} a {last}, de {n}</translation>
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
        <source>{curve} {begin} to {end}</source>
        <translation>{curve} de {begin} a {end}</translation>
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
</context>
</TS>
