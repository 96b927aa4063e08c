<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>stage</name>
    <message>
        <source>An index as Python writes it: numbers, slices, ..., None and lists</source>
        <translation>Um índice como o Python o escreve: números, fatias, ..., None e listas</translation>
    </message>
    <message>
        <source>Go through the cells: what each one is made of (P)</source>
        <translation>Percorrer as células: de que cada uma é feita (P)</translation>
    </message>
    <message>
        <source>No operation on tensors that has run stands at the cursor.</source>
        <translation>No cursor não está nenhuma operação com tensores que tenha rodado.</translation>
    </message>
    <message>
        <source>Operands and result side by side: of what is selected, or of the program at the text cursor</source>
        <translation>Operandos e resultado lado a lado: do que está selecionado, ou do programa no cursor de texto</translation>
    </message>
    <message>
        <source>Operation in the middle</source>
        <translation>Operação no meio</translation>
    </message>
    <message>
        <source>Part of the tensor, as an index</source>
        <translation>Parte do tensor, como índice</translation>
    </message>
    <message>
        <source>Places {first} to {last}. {storage}</source>
        <translation>Posições {first} a {last}. {storage}</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproduzir</translation>
    </message>
    <message>
        <source>Play the cells of the result, stop</source>
        <translation>Percorrer as células do resultado, parar</translation>
    </message>
    <message>
        <source>Put this line into the program</source>
        <translation>Pôr esta linha no programa</translation>
    </message>
    <message>
        <source>See the operation</source>
        <translation>Ver a operação</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Stop here (P)</source>
        <translation>Parar aqui (P)</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Memória</translation>
    </message>
    <message>
        <source>Storage: which elements lie where, who shares them, and strides as steps</source>
        <translation>Memória: que elementos estão onde, quem os compartilha e os strides como passos</translation>
    </message>
    <message>
        <source>Storage: {size} of {n_bytes} B, {readers}</source>
        <translation>Memória: {size} de {n_bytes} B, {readers}</translation>
    </message>
    <message>
        <source>The cell before</source>
        <translation>A célula anterior</translation>
    </message>
    <message>
        <source>The cell before (comma)</source>
        <translation>A célula anterior (vírgula)</translation>
    </message>
    <message>
        <source>The cell of the result that is explained</source>
        <translation>A célula do resultado que é explicada</translation>
    </message>
    <message>
        <source>The first element of the storage that is seen</source>
        <translation>O primeiro elemento da memória à vista</translation>
    </message>
    <message>
        <source>The next cell</source>
        <translation>A próxima célula</translation>
    </message>
    <message>
        <source>The next cell (point)</source>
        <translation>A próxima célula (ponto)</translation>
    </message>
    <message>
        <source>The next cell, the cell before</source>
        <translation>A próxima célula, a anterior</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>lote</translation>
    </message>
    <message>
        <source>cell {at} of {n}</source>
        <translation>célula {at} de {n}</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>canal</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>profundidade</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>embedding</translation>
    </message>
    <message>
        <source>height</source>
        <translation>altura</translation>
    </message>
    <message>
        <source>length</source>
        <translation>comprimento</translation>
    </message>
    <message numerus="yes">
        <source>read by {n} that share it</source>
        <translation>
            <numerusform>lido por {n}</numerusform>
            <numerusform>lido por {n} que o compartilham</numerusform>
        </translation>
    </message>
    <message>
        <source>token</source>
        <translation>token</translation>
    </message>
    <message>
        <source>width</source>
        <translation>largura</translation>
    </message>
    <message>
        <source>{name} {shape}: from place {offset}, a step along {steps}</source>
        <translation>{name} {shape}: a partir da posição {offset}, um passo ao longo de {steps}</translation>
    </message>
    <message>
        <source>{name}, NumPy</source>
        <translation>{name}, NumPy</translation>
    </message>
    <message numerus="yes">
        <source>{n} elements</source>
        <translation>
            <numerusform>{n} elemento</numerusform>
            <numerusform>{n} elementos</numerusform>
        </translation>
    </message>
</context>
</TS>
