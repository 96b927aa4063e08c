<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_numpy_words</name>
    <message>
        <source>matmul: Input operand {place} has a mismatch in its core dimension {axis}, with gufunc signature {signature} (size {found} is different from {wanted})</source>
        <translation>matmul: as dimensões internas não combinam: no operando {place} o eixo {axis} tem tamanho {found}, e teria de ter {wanted}</translation>
    </message>
    <message>
        <source>operands could not be broadcast together with shapes {shapes}</source>
        <translation>as formas {shapes} não fazem broadcast</translation>
    </message>
    <message>
        <source>non-broadcastable output operand with shape {found} doesn't match the broadcast shape {wanted}</source>
        <translation>o resultado teria a forma {wanted}, e não cabe no que tem a forma {found}</translation>
    </message>
    <message>
        <source>could not broadcast input array from shape {found} into shape {wanted}</source>
        <translation>a forma {found} não faz broadcast para a forma {wanted}</translation>
    </message>
    <message>
        <source>cannot reshape array of size {size} into shape {shape}</source>
        <translation>um array de {size} elementos não pode receber a forma {shape}</translation>
    </message>
    <message>
        <source>all the input array dimensions except for the concatenation axis must match exactly, but along dimension {axis}, the array at index {one} has size {first} and the array at index {other} has size {second}</source>
        <translation>os arrays têm de ser iguais em todos os eixos menos o da concatenação: no eixo {axis}, o de índice {one} tem tamanho {first}, e o de índice {other}, {second}</translation>
    </message>
    <message>
        <source>all the input arrays must have same number of dimensions, but the array at index {one} has {first} dimension(s) and the array at index {other} has {second} dimension(s)</source>
        <translation>os arrays têm de ter o mesmo número de eixos: o de índice {one} tem {first}, e o de índice {other}, {second}</translation>
    </message>
    <message>
        <source>need at least one array to {name}</source>
        <translation>falta ao menos um array ({name})</translation>
    </message>
    <message>
        <source>all input arrays must have the same shape</source>
        <translation>os arrays têm de ter todos a mesma forma</translation>
    </message>
    <message>
        <source>setting an array element with a sequence. The requested array has an inhomogeneous shape after {n_axes} dimensions. The detected shape was {shape} + inhomogeneous part</source>
        <translation>as listas não têm todas o mesmo comprimento, e um array é retangular (até onde são iguais: {shape})</translation>
    </message>
    <message>
        <source>setting an array element with a sequence</source>
        <translation>um elemento de um array é um só número, e isto é uma sequência</translation>
    </message>
    <message>
        <source>This file contains pickled (object) data. If you trust the file you can load it unsafely using the `allow_pickle=` keyword argument or `pickle.load()`</source>
        <translation>isto não é um arquivo .npy; pode ser um pickle, que ao ser lido executa código: só com allow_pickle=True, se você confia no arquivo</translation>
    </message>
    <message>
        <source>Object arrays cannot be loaded when allow_pickle=False</source>
        <translation>o arquivo contém objetos, que ao serem lidos executam código: só com allow_pickle=True, se você confia no arquivo</translation>
    </message>
    <message>
        <source>No data left in file</source>
        <translation>o arquivo está vazio, ou acabou</translation>
    </message>
    <message>
        <source>index {place} is out of bounds for axis {axis} with size {size}</source>
        <translation>o índice {place} está fora do intervalo: o eixo {axis} tem tamanho {size}</translation>
    </message>
    <message>
        <source>too many indices for array: array is {n_axes}-dimensional, but {found} were indexed</source>
        <translation>mais índices do que eixos (eixos do array: {n_axes}, índices: {found})</translation>
    </message>
    <message>
        <source>only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices</source>
        <translation>um índice é um número inteiro, uma fatia (`:`), reticências (`...`), None ou um array de inteiros ou bool</translation>
    </message>
    <message>
        <source>boolean index did not match indexed array along axis {axis}; size of axis is {size} but size of corresponding boolean axis is {found}</source>
        <translation>a máscara não tem o tamanho do array no eixo {axis}: ele tem {size}, e ela, {found}</translation>
    </message>
    <message>
        <source>shape mismatch: indexing arrays could not be broadcast together with shapes {shapes}</source>
        <translation>os índices têm as formas {shapes}, que não fazem broadcast entre si</translation>
    </message>
    <message>
        <source>can't convert np.ndarray of type {kind}. The only supported types are: {kinds}</source>
        <translation>não se faz um tensor de um array de {kind}: um tensor só contém números e bool</translation>
    </message>
    <message>
        <source>At least one stride in the given numpy array is negative, and tensors with negative strides are not currently supported. (You can probably work around this by making a copy of your array  with array.copy().)</source>
        <translation>o array tem um stride negativo (foi invertido), o que um tensor não pode ter: faça uma cópia com .copy()</translation>
    </message>
    <message>
        <source>ufunc '{name}' did not contain a loop with signature matching types {kinds}</source>
        <translation>'{name}' do numpy não existe para os tipos {kinds}</translation>
    </message>
    <message>
        <source>negative dimensions are not allowed</source>
        <translation>o tamanho de um eixo não pode ser negativo</translation>
    </message>
    <message>
        <source>Singular matrix</source>
        <translation>a matriz é singular e não tem inversa</translation>
    </message>
    <message>
        <source>Last 2 dimensions of the array must be square</source>
        <translation>os dois últimos eixos têm de ter o mesmo tamanho: a matriz tem de ser quadrada</translation>
    </message>
    <message>
        <source>axis {axis} is out of bounds for array of dimension {n_axes}</source>
        <translation>o eixo {axis} não existe (eixos do array: {n_axes})</translation>
    </message>
    <message>
        <source>The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()</source>
        <translation>um array de mais de um elemento não é nem verdadeiro nem falso: use .any() ou .all()</translation>
    </message>
    <message>
        <source>axes don't match array</source>
        <translation>os eixos dados não são os do array</translation>
    </message>
    <message>
        <source>data type '{kind}' not understood</source>
        <translation>não há um dtype '{kind}'</translation>
    </message>
    <message>
        <source>only 0-dimensional arrays can be converted to Python scalars</source>
        <translation>só um array de um só elemento vira um número do Python</translation>
    </message>
    <message>
        <source>Cannot take a larger sample than population when 'replace=False'</source>
        <translation>com replace=False não se sorteiam mais elementos do que há</translation>
    </message>
    <message>
        <source>zero-size array to reduction operation {name} which has no identity</source>
        <translation>um array vazio não tem {name}</translation>
    </message>
</context>
</TS>
