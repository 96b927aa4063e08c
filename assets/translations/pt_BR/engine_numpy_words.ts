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
    <message>
        <source>could not convert string '{text}' to {dtype} at row {row}, column {column}</source>
        <translation>na linha {row}, coluna {column}, '{text}' não é um número ({dtype})</translation>
    </message>
    <message>
        <source>{name} not found</source>
        <translation>não foi encontrado: {name}</translation>
    </message>
    <message>
        <source>Failed to interpret file {name} as a pickle</source>
        <translation>o arquivo {name} não é um pickle</translation>
    </message>
    <message>
        <source>buffer size must be a multiple of element size</source>
        <translation>o número de bytes não é um múltiplo do tamanho de um elemento</translation>
    </message>
    <message>
        <source>shapes {one} and {other} not aligned: {n} (dim {axis}) != {m} (dim {other_axis})</source>
        <translation>as formas {one} e {other} não se multiplicam: o eixo {axis} tem {n}, e o eixo {other_axis} {m}</translation>
    </message>
    <message>
        <source>matmul: Input operand {place} does not have enough dimensions (has {found}, gufunc core with signature {signature} requires {wanted})</source>
        <translation>matmul: o operando {place} tem {found} eixo(s), e precisa de ao menos {wanted}</translation>
    </message>
    <message>
        <source>array split does not result in an equal division</source>
        <translation>o array não se divide em partes iguais; para outras há np.array_split</translation>
    </message>
    <message>
        <source>can only specify one unknown dimension</source>
        <translation>só um dos tamanhos pode ser -1</translation>
    </message>
    <message>
        <source>cannot select an axis to squeeze out which has size not equal to one</source>
        <translation>só se tira um eixo de tamanho 1</translation>
    </message>
    <message>
        <source>{name}: axis {axis} is out of bounds for array of dimension {n_axes}</source>
        <translation>{name}: não há eixo {axis} num array de {n_axes} eixo(s)</translation>
    </message>
    <message>
        <source>repeated axis in transpose</source>
        <translation>um eixo aparece duas vezes</translation>
    </message>
    <message>
        <source>operands could not be broadcast together with remapped shapes [original-&gt;remapped]: {one} and requested shape {wanted}</source>
        <translation>a forma {one} não se estende a {wanted}</translation>
    </message>
    <message>
        <source>operands could not be broadcast together with remapped shapes [original-&gt;remapped]: {shapes}</source>
        <translation>as formas não se combinam: {shapes}</translation>
    </message>
    <message>
        <source>arrays used as indices must be of integer (or boolean) type</source>
        <translation>um array de índices é de inteiros ou de bool</translation>
    </message>
    <message>
        <source>attempt to get {name} of an empty sequence</source>
        <translation>de uma sequência vazia não há {name}</translation>
    </message>
    <message>
        <source>the resolved dtypes are not compatible with {name}. Resolved {dtypes}</source>
        <translation>{name} não se aplica a estes dtypes: {dtypes}</translation>
    </message>
    <message>
        <source>The 'out' kwarg is necessary when using the string multiply ufunc directly. Use numpy.strings.multiply to multiply strings without specifying 'out'</source>
        <translation>um array de textos não se multiplica com *; há np.strings.multiply</translation>
    </message>
    <message>
        <source>low &gt;= high</source>
        <translation>o início (low) tem de ser menor que o fim (high)</translation>
    </message>
    <message>
        <source>scale &lt; 0</source>
        <translation>scale não pode ser negativo</translation>
    </message>
    <message>
        <source>'a' cannot be empty unless no samples are taken</source>
        <translation>de uma sequência vazia nada se escolhe</translation>
    </message>
    <message>
        <source>'a' and 'p' must have same size</source>
        <translation>tem de haver uma probabilidade em p para cada elemento</translation>
    </message>
    <message>
        <source>probabilities do not sum to 1</source>
        <translation>as probabilidades não somam 1</translation>
    </message>
    <message>
        <source>Cannot cast scalar from {one} to {other} according to the rule '{rule}'</source>
        <translation>{one} não se converte em {other}</translation>
    </message>
    <message>
        <source>Seed must be between 0 and 2**32 - 1</source>
        <translation>a semente vai de 0 a 2**32 - 1</translation>
    </message>
    <message>
        <source>Number of samples, {n}, must be non-negative</source>
        <translation>o número de valores, {n}, não pode ser negativo</translation>
    </message>
    <message>
        <source>arange() requires stop to be specified</source>
        <translation>arange() precisa do fim do intervalo</translation>
    </message>
    <message>
        <source>either both or neither of x and y should be given</source>
        <translation>dê os dois, x e y, ou nenhum</translation>
    </message>
    <message>
        <source>{n_axes}-dimensional array given. Array must be at least two-dimensional</source>
        <translation>espera-se um array de ao menos dois eixos, e este tem {n_axes}</translation>
    </message>
    <message>
        <source>Matrix is not positive definite</source>
        <translation>a matriz não é positiva definida</translation>
    </message>
    <message>
        <source>module 'numpy' has no attribute '{name}'.
`np.{name}` was a deprecated alias for the builtin `{name}`. {hint}</source>
        <translation>NumPy não tem mais np.{name}: use {name}, do próprio Python</translation>
    </message>
    <message>
        <source>Cannot interpret '{found}' as a data type</source>
        <translation>'{found}' não é um dtype de NumPy</translation>
    </message>
    <message>
        <source>Python integer {n} out of bounds for {dtype}</source>
        <translation>o número {n} não cabe em {dtype}</translation>
    </message>
    <message>
        <source>no field of name {name}</source>
        <translation>não há o campo {name}</translation>
    </message>
    <message>
        <source>could not convert string to float: np.str_({text})</source>
        <translation>o texto {text} não é um número</translation>
    </message>
</context>
</TS>
