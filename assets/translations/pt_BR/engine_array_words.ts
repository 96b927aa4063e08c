<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_array_words</name>
    <message>
        <source>zero-dimensional arrays cannot be concatenated</source>
        <translation>arrays sem eixos não podem ser concatenados</translation>
    </message>
    <message>
        <source>invalid literal for int() with base {base}: np.str_({text})</source>
        <translation>o texto {text} não é um inteiro na base {base}</translation>
    </message>
    <message>
        <source>Cannot cast ufunc '{name}' output from {one} to {other} with casting rule '{rule}'</source>
        <translation>o resultado de '{name}' é {one}, e não entra em {other} sem perda (regra '{rule}')</translation>
    </message>
    <message>
        <source>Cannot cast ufunc '{name}' input from {one} to {other} with casting rule '{rule}'</source>
        <translation>'{name}' precisa de {other}, e recebeu {one} (regra '{rule}')</translation>
    </message>
    <message>
        <source>{name}: Input operand {place} has a mismatch in its core dimension {axis}, with gufunc signature {signature} (size {found} is different from {wanted})</source>
        <translation>{name}: no operando {place} o eixo {axis} tem tamanho {found}, e teria de ter {wanted} (assinatura {signature})</translation>
    </message>
    <message>
        <source>Incompatible dimensions</source>
        <translation>as dimensões não combinam</translation>
    </message>
    <message>
        <source>einstein sum subscripts string contains too many subscripts for operand {n}</source>
        <translation>einsum: há mais letras do que eixos no operando {n}</translation>
    </message>
    <message>
        <source>einstein sum subscripts string included output subscript '{letter}' which never appeared in an input</source>
        <translation>einsum: a letra '{letter}' do resultado não está em nenhum operando</translation>
    </message>
    <message>
        <source>einstein sum subscripts string includes output subscript '{letter}' multiple times</source>
        <translation>einsum: a letra '{letter}' aparece mais de uma vez no resultado</translation>
    </message>
    <message>
        <source>dimensions in operand {n} for collapsing index '{letter}' don't match ({one} != {other})</source>
        <translation>einsum: no operando {n} a letra '{letter}' está em eixos de tamanhos diferentes ({one} e {other})</translation>
    </message>
    <message>
        <source>more operands provided to einstein sum function than specified in the subscripts string</source>
        <translation>einsum: há mais operandos do que as letras dizem</translation>
    </message>
    <message>
        <source>fewer operands provided to einstein sum function than specified in the subscripts string</source>
        <translation>einsum: há menos operandos do que as letras dizem</translation>
    </message>
    <message>
        <source>must provide at least an operand and a subscripts list to einsum</source>
        <translation>einsum precisa de ao menos um operando e de suas letras</translation>
    </message>
    <message>
        <source>must specify the einstein sum subscripts string and at least one operand</source>
        <translation>einsum precisa das letras e de ao menos um operando</translation>
    </message>
    <message>
        <source>incompatible dimensions for cross product
(dimension must be 2 or 3)</source>
        <translation>o produto vetorial é de vetores de 2 ou 3 números</translation>
    </message>
    <message>
        <source>{name}() not supported for inputs with DType {kind}</source>
        <translation>{name}() não aceita {kind}</translation>
    </message>
    <message>
        <source>expected non-negative integer</source>
        <translation>o inteiro não pode ser negativo</translation>
    </message>
    <message>
        <source>operands could not be broadcast together with shape {one} {other}</source>
        <translation>as formas {one} e {other} não fazem broadcast</translation>
    </message>
    <message>
        <source>the number of columns changed from {before} to {after} at row {row}; use `usecols` to select a subset and avoid this error</source>
        <translation>na linha {row} há {after} colunas, e antes havia {before}; `usecols` escolhe as que todas têm</translation>
    </message>
    <message>
        <source>string or file could not be read to its end due to unmatched data</source>
        <translation>o texto não pôde ser lido até o fim: há nele o que não é número</translation>
    </message>
    <message>
        <source>can only convert an array of size 1 to a Python scalar</source>
        <translation>só um array de um elemento vira um número do Python</translation>
    </message>
    <message>
        <source>ufunc '{name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''{rule}''</source>
        <translation>'{name}' não aceita os dtypes que recebeu, e eles não se convertem sem perda nos que aceita</translation>
    </message>
    <message>
        <source>fp and xp are not of the same length</source>
        <translation>fp e xp não têm o mesmo tamanho</translation>
    </message>
    <message>
        <source>expected x and y to have same length</source>
        <translation>x e y deviam ter o mesmo tamanho</translation>
    </message>
    <message>
        <source>x and y must have the same length</source>
        <translation>x e y têm de ter o mesmo tamanho</translation>
    </message>
    <message>
        <source>`bins` must be positive, when an integer</source>
        <translation>`bins` tem de ser positivo, quando é um inteiro</translation>
    </message>
    <message>
        <source>`bins` must increase monotonically, when an array</source>
        <translation>`bins` tem de crescer, quando é um array</translation>
    </message>
    <message>
        <source>bins must be monotonically increasing or decreasing</source>
        <translation>bins tem de crescer ou decrescer sempre</translation>
    </message>
    <message>
        <source>autodetected range of {range} is not finite</source>
        <translation>o intervalo dos valores, {range}, não é finito</translation>
    </message>
    <message>
        <source>index can't contain negative values</source>
        <translation>o índice não pode conter negativos</translation>
    </message>
    <message>
        <source>`pad_width` must be of integral type</source>
        <translation>`pad_width` tem de ser inteiro</translation>
    </message>
    <message>
        <source>mode '{mode}' is not supported</source>
        <translation>o modo '{mode}' não existe</translation>
    </message>
    <message>
        <source>index {place} is out of bounds for array with size {size}</source>
        <translation>o índice {place} está fora do array, que tem {size} elementos</translation>
    </message>
    <message>
        <source>assignment destination is read-only</source>
        <translation>este array só pode ser lido</translation>
    </message>
    <message>
        <source>cannot delete array elements</source>
        <translation>não se apagam elementos de um array</translation>
    </message>
    <message>
        <source>When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array</source>
        <translation>para um dtype maior, os bytes do último eixo têm de ser um múltiplo do tamanho dele</translation>
    </message>
    <message>
        <source>iteration over a 0-d array</source>
        <translation>um array sem eixos não pode ser percorrido</translation>
    </message>
    <message>
        <source>duplicate value in 'axis'</source>
        <translation>há um eixo repetido em 'axis'</translation>
    </message>
    <message>
        <source>Axes must be different</source>
        <translation>os eixos têm de ser diferentes</translation>
    </message>
    <message>
        <source>Percentiles must be in the range [0, 100]</source>
        <translation>os percentis vão de 0 a 100</translation>
    </message>
    <message>
        <source>Quantiles must be in the range [0, 1]</source>
        <translation>os quantis vão de 0 a 1</translation>
    </message>
    <message>
        <source>expected a sequence of integers or a single integer, got '{found}'</source>
        <translation>era preciso um inteiro ou uma sequência de inteiros, e não '{found}'</translation>
    </message>
    <message>
        <source>The DType {one} could not be promoted by {other}. This means that no common DType exists for the given inputs. For example they cannot be stored in a single array unless the dtype is `object`. The full list of DTypes is: {kinds}</source>
        <translation>{one} e {other} não têm um dtype em comum: juntos só cabem num array de dtype `object`</translation>
    </message>
    <message>
        <source>diag requires an array of at least two dimensions</source>
        <translation>a diagonal é de um array de ao menos dois eixos</translation>
    </message>
    <message>
        <source>Input must be 1- or 2-d</source>
        <translation>o array tem de ter um ou dois eixos</translation>
    </message>
    <message>
        <source>Input must be a rank-1 array</source>
        <translation>o array tem de ter um só eixo</translation>
    </message>
    <message>
        <source>Expected 1D or 2D array, got {n}D array instead</source>
        <translation>era preciso um array de um ou dois eixos, e este tem {n}</translation>
    </message>
    <message>
        <source>object too deep for desired array</source>
        <translation>o array tem eixos demais</translation>
    </message>
    <message>
        <source>Improper number of dimensions to norm</source>
        <translation>a norma não é de tantos eixos</translation>
    </message>
    <message>
        <source>Invalid norm order '{order}' for vectors</source>
        <translation>a norma '{order}' não é de vetores</translation>
    </message>
    <message>
        <source>Invalid norm order for matrices</source>
        <translation>esta norma não é de matrizes</translation>
    </message>
    <message>
        <source>Expecting at least two arrays</source>
        <translation>são precisos ao menos dois arrays</translation>
    </message>
    <message>
        <source>shape-mismatch for sum</source>
        <translation>os eixos que se somam têm tamanhos diferentes</translation>
    </message>
    <message>
        <source>x must be an integer or at least 1-dimensional</source>
        <translation>x tem de ser um inteiro ou ter ao menos um eixo</translation>
    </message>
    <message>
        <source>a must be 1-dimensional or an integer</source>
        <translation>a tem de ter um só eixo, ou ser um inteiro</translation>
    </message>
    <message>
        <source>a must be 1-dimensional</source>
        <translation>a tem de ter um só eixo</translation>
    </message>
    <message>
        <source>probabilities are not non-negative</source>
        <translation>há probabilidades negativas</translation>
    </message>
    <message>
        <source>p &lt; 0, p &gt; 1 or p is NaN</source>
        <translation>p tem de estar entre 0 e 1</translation>
    </message>
    <message>
        <source>lam &lt; 0 or lam is NaN</source>
        <translation>lam não pode ser negativo nem NaN</translation>
    </message>
    <message>
        <source>a &lt;= 0</source>
        <translation>a tem de ser maior que 0</translation>
    </message>
    <message>
        <source>alpha &lt;= 0</source>
        <translation>alpha tem de ser maior que 0</translation>
    </message>
    <message>
        <source>mean and cov must have same length</source>
        <translation>mean e cov têm de ter o mesmo tamanho</translation>
    </message>
    <message>
        <source>Cannot take a larger sample than population when replace is False</source>
        <translation>sem reposição (replace=False), a amostra não pode ser maior que a população</translation>
    </message>
    <message>
        <source>SeedSequence expects int or sequence of ints for entropy not {found}</source>
        <translation>a semente tem de ser um inteiro ou uma sequência de inteiros, e não {found}</translation>
    </message>
    <message>
        <source>shape mismatch: value array of shape {found} could not be broadcast to indexing result of shape {wanted}</source>
        <translation>um valor de forma {found} não faz broadcast para a forma {wanted} do que foi indexado</translation>
    </message>
    <message>
        <source>shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg {one} with shape {first} and arg {other} with shape {second}</source>
        <translation>as formas não fazem broadcast: o argumento {one} tem {first}, e o argumento {other} tem {second}</translation>
    </message>
    <message>
        <source>The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead</source>
        <translation>booleanos do NumPy não têm o sinal `-`; use `~` ou logical_not</translation>
    </message>
    <message>
        <source>numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead</source>
        <translation>booleanos do NumPy não se subtraem com `-`; use `^` ou logical_xor</translation>
    </message>
    <message>
        <source>only integer scalar arrays can be converted to a scalar index</source>
        <translation>só um array de um inteiro serve de índice</translation>
    </message>
    <message>
        <source>Field elements must be 2- or 3-tuples, got '{found}'</source>
        <translation>cada campo é uma tupla de 2 ou 3 elementos, e não '{found}'</translation>
    </message>
    <message>
        <source>Invalid integer data type {kind}</source>
        <translation>{kind} não é um dtype inteiro</translation>
    </message>
    <message>
        <source>data type {kind} not inexact</source>
        <translation>{kind} não é um dtype de ponto flutuante</translation>
    </message>
    <message>
        <source>at least one array or dtype is required</source>
        <translation>é preciso ao menos um array ou dtype</translation>
    </message>
    <message>
        <source>arrays to stack must be passed as a "sequence" type such as list or tuple</source>
        <translation>os arrays que se empilham vêm numa lista ou tupla</translation>
    </message>
    <message>
        <source>dispatcher for __array_function__ did not return an iterable</source>
        <translation>os arrays vêm numa lista ou tupla</translation>
    </message>
    <message>
        <source>number sections must be larger than 0</source>
        <translation>o número de partes tem de ser maior que 0</translation>
    </message>
    <message>
        <source>{name} only works on arrays of {n} or more dimensions</source>
        <translation>{name} só trabalha com arrays de {n} ou mais eixos</translation>
    </message>
    <message>
        <source>list of cases must be same length as list of conditions</source>
        <translation>há mais casos do que condições, ou menos</translation>
    </message>
    <message>
        <source>invalid entry in choice array</source>
        <translation>há uma escolha que não existe</translation>
    </message>
    <message>
        <source>'{name}' argument must have no negative elements</source>
        <translation>o argumento '{name}' não pode ter elementos negativos</translation>
    </message>
    <message>
        <source>Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required</source>
        <translation>o array é curto demais para um gradiente numérico: são precisos ao menos edge_order + 1 elementos</translation>
    </message>
    <message>
        <source>array of sample points is empty</source>
        <translation>não há pontos entre os quais interpolar</translation>
    </message>
    <message>
        <source>Invalid number of FFT data points ({n}) specified</source>
        <translation>uma FFT não é de {n} pontos</translation>
    </message>
    <message>
        <source>second array argument cannot be empty</source>
        <translation>o segundo array não pode ser vazio</translation>
    </message>
    <message>
        <source>invalid error mode '{mode}'</source>
        <translation>o modo '{mode}' não existe</translation>
    </message>
    <message>
        <source>divide by zero encountered in {name}</source>
        <translation>divisão por zero em {name}</translation>
    </message>
    <message>
        <source>overflow encountered in {name}</source>
        <translation>o resultado de {name} é grande demais para o dtype</translation>
    </message>
    <message>
        <source>underflow encountered in {name}</source>
        <translation>o resultado de {name} é pequeno demais para o dtype</translation>
    </message>
    <message>
        <source>invalid value encountered in {name}</source>
        <translation>{name} não tem resultado para um dos valores</translation>
    </message>
    <message>
        <source>Error parsing datetime string {text} at position {place}</source>
        <translation>{text} não é uma data (posição {place})</translation>
    </message>
    <message>
        <source>Month out of range in datetime string {text}</source>
        <translation>não há tal mês na data {text}</translation>
    </message>
    <message>
        <source>ufunc '{name}' cannot use operands with types {one} and {other}</source>
        <translation>'{name}' não aceita {one} com {other}</translation>
    </message>
    <message>
        <source>Could not convert object to NumPy timedelta</source>
        <translation>isto não é um intervalo de tempo</translation>
    </message>
    <message>
        <source>When used as a decorator, only accepts keyword arguments</source>
        <translation>como decorador, só aceita argumentos com nome</translation>
    </message>
    <message>
        <source>cannot call `vectorize` on size 0 inputs unless `otypes` is set</source>
        <translation>`vectorize` não sabe o dtype de um resultado vazio: diga `otypes`</translation>
    </message>
    <message>
        <source>iterator too short: Expected {n} but iterator had only {found} items</source>
        <translation>o iterador tem só {found} elementos, e eram esperados {n}</translation>
    </message>
    <message>
        <source>need sequence of keys with len &gt; 0 in lexsort</source>
        <translation>lexsort precisa de uma sequência de chaves que não seja vazia</translation>
    </message>
    <message>
        <source>Cross index must be 1 dimensional</source>
        <translation>cada índice tem de ter um só eixo</translation>
    </message>
    <message>
        <source>Unexpected iterator global flag {name}</source>
        <translation>o nditer não conhece a opção {name}</translation>
    </message>
    <message>
        <source>Rows not the same size</source>
        <translation>as linhas não têm o mesmo tamanho</translation>
    </message>
    <message>
        <source>Mask and data not compatible: data size is {one}, mask size is {other}</source>
        <translation>a máscara tem {other} elementos, e os dados têm {one}</translation>
    </message>
    <message>
        <source>invalid entry in coordinates array</source>
        <translation>há uma coordenada fora da forma</translation>
    </message>
    <message>
        <source>a cannot be empty</source>
        <translation>a não pode ser vazio</translation>
    </message>
    <message>
        <source>order must be non-negative but got {n}</source>
        <translation>a ordem não pode ser negativa, e é {n}</translation>
    </message>
    <message>
        <source>Valid values for `indexing` are 'xy' and 'ij'</source>
        <translation>`indexing` é 'xy' ou 'ij'</translation>
    </message>
</context>
</TS>
