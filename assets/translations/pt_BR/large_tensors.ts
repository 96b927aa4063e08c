<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>large_tensors</name>
    <message>
        <source>Each cell is one element</source>
        <translation>Cada célula é um elemento</translation>
    </message>
    <message>
        <source>Each cell: {size} elements, their mean; extremes marked</source>
        <translation>Cada célula: {size} elementos, sua média; extremos marcados</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Read at version {version}, and anew as soon as the version or one of 1,024 elements of it is another. What is kept of large tensors takes {taken} of {budget}. NaN and Inf colour a cell whole; what stands out from all others has a mark in its own colour.</source>
        <translation>Lido na versão {version}, e de novo assim que a versão ou um de 1.024 de seus elementos for outro. O que se guarda de tensores grandes ocupa {taken} de {budget}. NaN e Inf colorem a célula inteira; o que se destaca de todos os outros tem uma marca em sua própria cor.</translation>
    </message>
    <message>
        <source>Reading stopped after {share}</source>
        <translation>Leitura interrompida em {share}</translation>
    </message>
    <message>
        <source>Reading {n} elements: {share}</source>
        <translation>Lendo {n} elementos: {share}</translation>
    </message>
    <message>
        <source>Rows {rows}, columns {columns}</source>
        <translation>Linhas {rows}, colunas {columns}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Zoomed in, its numbers are shown</source>
        <translation>Ao ampliar, seus números são mostrados</translation>
    </message>
</context>
</TS>
