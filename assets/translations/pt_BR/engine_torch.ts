<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_torch</name>
    <message>
        <source>Expected {one} (unbatched) or {other} (batched) input to {name}, but got input of size: {size}</source>
        <translation>{name} espera uma entrada {one} (sem lote) ou {other} (com lote), e recebeu uma de tamanho {size}</translation>
    </message>
    <message>
        <source>Given normalized_shape={wanted}, expected input with shape {shape}, but got input of size{size}</source>
        <translation>com normalized_shape={wanted}, a entrada tem de ter a forma {shape}, e tem {size}</translation>
    </message>
    <message>
        <source>Calculated padded input size per channel: ({input}). Kernel size: ({kernel}). Kernel size can't be greater than actual input size</source>
        <translation>com o padding, cada canal da entrada mede ({input}), e o kernel, ({kernel}): ele não pode ser maior do que a entrada</translation>
    </message>
    <message>
        <source>non-empty {one} or {other} (batch mode) tensor expected for input</source>
        <translation>a entrada tem de ser um tensor não vazio, {one} ou {other} (com lote)</translation>
    </message>
    <message>
        <source>Expected more than 1 value per channel when training, got input size torch.Size({size})</source>
        <translation>no treino é preciso mais de um valor por canal, e a entrada tem tamanho {size}</translation>
    </message>
    <message>
        <source>input.size(-1) must be equal to input_size. Expected {wanted}, got {found}</source>
        <translation>o último eixo da entrada tem de ter o tamanho input_size: espera-se {wanted}, e ele tem {found}</translation>
    </message>
    <message>
        <source>expected sequence of length {wanted} at dim {axis} (got {found})</source>
        <translation>no eixo {axis} as sequências têm de ter o mesmo comprimento: espera-se {wanted}, e há uma de {found}</translation>
    </message>
    <message>
        <source>1D tensors expected, but got {one} and {other} tensors</source>
        <translation>esperam-se dois tensores 1D, e estes são {one} e {other}</translation>
    </message>
    <message>
        <source>{name} must be a 3D tensor</source>
        <translation>{name} tem de ser um tensor 3D</translation>
    </message>
    <message>
        <source>The shape of the mask {mask} at index {axis} does not match the shape of the indexed tensor {shape} at index {axis}</source>
        <translation>a máscara tem a forma {mask}, que no eixo {axis} não é a do tensor, {shape}</translation>
    </message>
    <message>
        <source>Index tensor must have the same number of dimensions as input tensor</source>
        <translation>o índice tem de ter o mesmo número de eixos que a entrada</translation>
    </message>
    <message>
        <source>Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor</source>
        <translation>repeat precisa de ao menos um número para cada eixo do tensor</translation>
    </message>
    <message>
        <source>selected index k out of range</source>
        <translation>k é maior do que o tamanho do eixo</translation>
    </message>
    <message>
        <source>maximum size for tensor at dimension {axis} is {most} but size is {size}</source>
        <translation>no eixo {axis} o tamanho pode ser no máximo {most}, e é {size}</translation>
    </message>
    <message>
        <source>X1 and X2 must have the same number of columns. X1: {one} X2: {other}</source>
        <translation>X1 e X2 têm de ter o mesmo número de colunas: X1 tem {one}, e X2, {other}</translation>
    </message>
    <message>
        <source>einsum(): subscript {letter} has size {size} for operand {place} which does not broadcast with previously seen size {before}</source>
        <translation>einsum(): a letra {letter} tem tamanho {size} no operando {place}, que não faz broadcast com o tamanho {before} visto antes</translation>
    </message>
    <message>
        <source>einsum(): the number of subscripts in the equation ({n}) does not match the number of dimensions ({n_axes}) for operand {place} and no ellipsis was given</source>
        <translation>einsum(): a equação tem {n} letras para o operando {place}, que tem {n_axes} eixos, e não há reticências</translation>
    </message>
    <message>
        <source>Padding length must be divisible by 2</source>
        <translation>o padding tem de ter um número par de valores</translation>
    </message>
    <message>
        <source>split_size can only be 0 if dimension size is 0, but got dimension size of {size}</source>
        <translation>o tamanho das partes só pode ser 0 num eixo de tamanho 0, e este tem {size}</translation>
    </message>
    <message>
        <source>chunk expects `chunks` to be greater than 0, got: {n}</source>
        <translation>chunk espera que `chunks` seja maior que 0, e é {n}</translation>
    </message>
    <message>
        <source>Trying to create tensor with negative dimension {size}: {shape}</source>
        <translation>um eixo não pode ter o tamanho negativo {size}: {shape}</translation>
    </message>
    <message>
        <source>zeros: Dimension size must be non-negative</source>
        <translation>zeros: o tamanho de um eixo não pode ser negativo</translation>
    </message>
    <message>
        <source>all elements of input should be between 0 and 1</source>
        <translation>todos os elementos da entrada têm de estar entre 0 e 1</translation>
    </message>
    <message>
        <source>mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: {kind}</source>
        <translation>mean(): a média precisa de uma entrada de ponto flutuante ou complexa, e esta é {kind}: converta-a com .float()</translation>
    </message>
    <message>
        <source>mean(): could not infer output dtype. Optional dtype must be either a floating point or complex dtype. Got: {kind}</source>
        <translation>mean(): o dtype pedido tem de ser de ponto flutuante ou complexo, e é {kind}</translation>
    </message>
    <message>
        <source>Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead</source>
        <translation>a subtração `-` não existe entre dois tensores bool; use `^` ou `logical_xor()`</translation>
    </message>
    <message>
        <source>new(): invalid data type '{kind}'</source>
        <translation>não se faz um tensor de dados do tipo '{kind}'</translation>
    </message>
    <message>
        <source>Could not infer dtype of {kind}</source>
        <translation>não se faz um tensor de {kind}: ele não tem dtype</translation>
    </message>
    <message>
        <source>upper bound and lower bound inconsistent with step sign</source>
        <translation>com este sinal do passo não se vai do começo ao fim</translation>
    </message>
    <message>
        <source>Class values must be smaller than num_classes</source>
        <translation>as classes têm de ser menores que num_classes</translation>
    </message>
    <message>
        <source>one_hot is only applicable to index tensor of type LongTensor</source>
        <translation>one_hot espera índices inteiros (i64): converta-os com .long()</translation>
    </message>
    <message>
        <source>invalid multinomial distribution (sum of probabilities &lt;= 0)</source>
        <translation>a soma das probabilidades tem de ser maior que 0</translation>
    </message>
    <message>
        <source>probability tensor contains either `inf`, `nan` or element &lt; 0</source>
        <translation>entre as probabilidades há `inf`, `nan` ou um número menor que 0</translation>
    </message>
    <message>
        <source>normal expects std &gt;= 0.0, but found std {found}</source>
        <translation>normal espera um desvio padrão de ao menos 0, e este é {found}</translation>
    </message>
    <message>
        <source>data set to a tensor that requires gradients must be floating point or complex dtype</source>
        <translation>os dados de um tensor que requer gradiente têm de ser de ponto flutuante ou complexos</translation>
    </message>
    <message>
        <source>expected np.ndarray (got {kind})</source>
        <translation>espera-se um np.ndarray, e isto é {kind}</translation>
    </message>
    <message>
        <source>linalg.inv: The diagonal element {place} is zero, the inversion could not be completed because the input matrix is singular</source>
        <translation>linalg.inv: a matriz é singular (o elemento {place} da diagonal é zero) e não tem inversa</translation>
    </message>
    <message>
        <source>linalg.cholesky: The factorization could not be completed because the input is not positive-definite (the leading minor of order {n} is not positive-definite)</source>
        <translation>linalg.cholesky: a matriz não é positiva definida (o menor principal de ordem {n} não o é) e não tem esta fatoração</translation>
    </message>
    <message>
        <source>{name}: A must be batches of square matrices, but they are {rows} by {columns} matrices</source>
        <translation>{name}: as matrizes têm de ser quadradas, e são de {rows} por {columns}</translation>
    </message>
    <message>
        <source>{name}(): argument '{argument}' (position {place}) must be {wanted}, not {found}</source>
        <translation>{name}(): o argumento '{argument}' (posição {place}) tem de ser {wanted}, e é {found}</translation>
    </message>
    <message>
        <source>{name}() received an invalid combination of arguments - got ({got}), but expected one of:{ways}</source>
        <translation>{name}() não pode ser chamada com estes argumentos ({got}), só de uma destas maneiras:{ways}</translation>
    </message>
    <message>
        <source>Torch not compiled with CUDA enabled</source>
        <translation>este PyTorch foi compilado sem CUDA: aqui os tensores ficam em 'cpu'</translation>
    </message>
    <message>
        <source>Expected one of {devices} device type at start of device string: {found}</source>
        <translation>não há um dispositivo do tipo {found}; há {devices}</translation>
    </message>
    <message>
        <source>Module [{kind}] is missing the required "forward" function</source>
        <translation>o módulo {kind} não tem a função forward, que é o que se chama com ele</translation>
    </message>
    <message>
        <source>cannot assign module before Module.__init__() call</source>
        <translation>um módulo só pode ser atribuído depois de super().__init__()</translation>
    </message>
    <message>
        <source>cannot assign '{found}' as parameter '{name}' (torch.nn.Parameter or None expected)</source>
        <translation>'{name}' é um parâmetro e não recebe '{found}': faça um torch.nn.Parameter, ou None</translation>
    </message>
    <message>
        <source>embed_dim must be divisible by num_heads</source>
        <translation>embed_dim tem de ser múltiplo de num_heads</translation>
    </message>
    <message>
        <source>dropout probability has to be between 0 and 1, but got {p}</source>
        <translation>a probabilidade do dropout tem de estar entre 0 e 1, e é {p}</translation>
    </message>
    <message>
        <source>optimizer got an empty parameter list</source>
        <translation>o otimizador recebeu uma lista de parâmetros vazia</translation>
    </message>
    <message>
        <source>Invalid learning rate: {rate}</source>
        <translation>taxa de aprendizado inválida: {rate}</translation>
    </message>
    <message>
        <source>can't optimize a non-leaf Tensor</source>
        <translation>um otimizador só muda folhas, e este tensor foi calculado</translation>
    </message>
    <message>
        <source>batch_size should be a positive integer value, but got batch_size={size}</source>
        <translation>batch_size tem de ser um inteiro positivo, e é {size}</translation>
    </message>
    <message>
        <source>Error(s) in loading state_dict for {kind}:{lines}</source>
        <translation>o state_dict não combina com {kind}:{lines}</translation>
    </message>
    <message>
        <source>Missing key(s) in state_dict: {keys}</source>
        <translation>faltam no state_dict: {keys}</translation>
    </message>
    <message>
        <source>Unexpected key(s) in state_dict: {keys}</source>
        <translation>sobram no state_dict: {keys}</translation>
    </message>
    <message>
        <source>size mismatch for {name}: copying a param with shape torch.Size({found}) from checkpoint, the shape in current model is torch.Size({wanted})</source>
        <translation>{name} tem a forma {found} no checkpoint, e {wanted} no modelo</translation>
    </message>
    <message>
        <source>While copying the parameter named "{name}", expected torch.Tensor or Tensor-like object from checkpoint but received {kind}</source>
        <translation>"{name}" tem de ser um tensor, e no checkpoint é {kind}</translation>
    </message>
    <message>
        <source>didn't match because some of the arguments have invalid types: {kinds}</source>
        <translation>não serve, pois há argumentos de outro tipo: {kinds}</translation>
    </message>
    <message>
        <source>didn't match because some of the keywords were incorrect: {names}</source>
        <translation>não serve, pois há argumentos com nomes que não conhece: {names}</translation>
    </message>
    <message>
        <source>Could not run '{operation}' with arguments from the '{backend}' backend. {reasons}</source>
        <translation>'{operation}' não pode ser executada em {backend}: este PyTorch não tem esse dispositivo, ou a operação não existe nele</translation>
    </message>
    <message>
        <source>tuple of ints</source>
        <translation>uma tupla de inteiros</translation>
    </message>
    <message>
        <source>tuple of floats</source>
        <translation>uma tupla de floats</translation>
    </message>
    <message>
        <source>tuple of Tensors</source>
        <translation>uma tupla ou lista de tensores</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>um número</translation>
    </message>
    <message>
        <source>property name enclosed in double quotes</source>
        <translation>uma chave entre aspas duplas</translation>
    </message>
    <message>
        <source>',' delimiter</source>
        <translation>uma vírgula</translation>
    </message>
    <message>
        <source>':' delimiter</source>
        <translation>dois-pontos</translation>
    </message>
    <message>
        <source>Caught {kind} in DataLoader worker process {place}.
Original Traceback (most recent call last):
{traceback}</source>
        <translation>no processo {place} do DataLoader houve um {kind}:
{traceback}</translation>
    </message>
    <message>
        <source>Padding size {n} is not supported for {shape} input tensor.
Supported combinations for non-constant padding:
{lines}</source>
        <translation>{n} tamanhos de padding não servem para um tensor {shape}; quando não se preenche com uma constante:
{lines}</translation>
    </message>
    <message>
        <source>Mismatched elements: {n} / {whole} ({percent}%)</source>
        <translation>elementos diferentes: {n} de {whole} ({percent} %)</translation>
    </message>
    <message>
        <source>Greatest absolute difference: {difference} at index {index} (up to {most} allowed)</source>
        <translation>maior diferença absoluta: {difference} no índice {index} (até {most} é permitido)</translation>
    </message>
    <message>
        <source>Greatest relative difference: {difference} at index {index} (up to {most} allowed)</source>
        <translation>maior diferença relativa: {difference} no índice {index} (até {most} é permitido)</translation>
    </message>
    <message>
        <source>- {one} or {other} input: padding size = {n} (pads last dimension)</source>
        <translation>- entrada {one} ou {other}: {n} tamanhos de padding (preenche o último eixo)</translation>
    </message>
    <message>
        <source>- {one} or {other} input: padding size = {n} (pads last {n_axes} dimensions)</source>
        <translation>- entrada {one} ou {other}: {n} tamanhos de padding (preenche os últimos {n_axes} eixos)</translation>
    </message>
</context>
</TS>
