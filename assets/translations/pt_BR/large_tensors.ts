<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>large_tensors</name>
    <message id="subtraction.shapes">
        <source>One is {shape}, the other {other}: only tensors of the same shape have a difference.</source>
        <translation>Um é {shape}, o outro {other}: só tensores de mesma forma têm diferença.</translation>
    </message>
    <message id="subtraction.too_large">
        <source>Their difference would take {n_bytes:,} bytes, more than the {budget:,} that it may take.</source>
        <translation>A diferença ocuparia {n_bytes:,} bytes, mais que os {budget:,} que pode ocupar.</translation>
    </message>
    <message>
        <source>A tensor of the same shape stands beside the value and moves with it</source>
        <translation>Um tensor de mesma forma fica ao lado do valor e se move com ele</translation>
    </message>
    <message>
        <source>Beside</source>
        <translation>Ao lado</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Comparar com</translation>
    </message>
    <message>
        <source>Copy the second tensor as text</source>
        <translation>Copiar o segundo tensor como texto</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Diferença</translation>
    </message>
    <message>
        <source>Each cell is one element</source>
        <translation>Cada célula é um elemento</translation>
    </message>
    <message>
        <source>Each cell: {size} elements, their mean; extremes marked</source>
        <translation>Cada célula: {size} elementos, sua média; extremos marcados</translation>
    </message>
    <message>
        <source>Equal in all {n} elements</source>
        <translation>Iguais em todos os {n} elementos</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Heat map of the second tensor</source>
        <translation>Mapa de calor do segundo tensor</translation>
    </message>
    <message>
        <source>Largest difference {largest} at {place}; {n} of {all} differ, {nan} with NaN; {close}; as {dtype}</source>
        <translation>Maior diferença {largest} em {place}; {n} de {all} diferem, {nan} com NaN; {close}; como {dtype}</translation>
    </message>
    <message>
        <source>Largest difference {largest} at {place}; {n} of {all} differ; {close}; as {dtype}</source>
        <translation>Maior diferença {largest} em {place}; {n} de {all} diferem; {close}; como {dtype}</translation>
    </message>
    <message>
        <source>At the cursor: rows {rows}, columns {columns}</source>
        <translation>No cursor: linhas {rows}, colunas {columns}</translation>
    </message>
    <message>
        <source>min {low}, max {high}, mean {mean} of {size} elements</source>
        <translation>mín. {low}, máx. {high}, média {mean} de {size} elementos</translation>
    </message>
    <message>
        <source>Mean of rows {rows}, columns {columns}: {number}</source>
        <translation>Média das linhas {rows}, colunas {columns}: {number}</translation>
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
        <source>Row {rows}, column {columns}: {number}</source>
        <translation>Linha {rows}, coluna {columns}: {number}</translation>
    </message>
    <message>
        <source>Rows {rows}, columns {columns}</source>
        <translation>Linhas {rows}, colunas {columns}</translation>
    </message>
    <message>
        <source>Show the value less the other tensor, in place of that</source>
        <translation>Mostrar o valor menos o outro tensor, no lugar deste</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Zoomed in, its numbers are shown</source>
        <translation>Ao ampliar, seus números são mostrados</translation>
    </message>
    <message>
        <source>beside</source>
        <translation>ao lado</translation>
    </message>
    <message>
        <source>close by torch.allclose</source>
        <translation>próximos segundo torch.allclose</translation>
    </message>
    <message>
        <source>not close by torch.allclose</source>
        <translation>não próximos segundo torch.allclose</translation>
    </message>
    <message>
        <source>{n} of {all} differ, all of them NaN; {close}; as {dtype}</source>
        <translation>{n} de {all} diferem, todos NaN; {close}; como {dtype}</translation>
    </message>
</context>
</TS>
