<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_tensor_words</name>
    <message>
        <source>{name}(): argument '{argument}' failed to unpack the object at pos {place} with error "type must be tuple of ints,but got {found}"</source>
        <translation>{name}(): o argumento '{argument}' é feito de números inteiros, e o da posição {place} é {found}</translation>
    </message>
    <message>
        <source>{name}(): argument '{argument}' (position {place}) must be {wanted}, but found element of type {found} at pos {at}</source>
        <translation>{name}(): o argumento '{argument}' (posição {place}) tem de ser {wanted}, e o elemento da posição {at} é {found}</translation>
    </message>
    <message>
        <source>{name}(): argument '{argument}' must be {wanted}, not {found}</source>
        <translation>{name}(): o argumento '{argument}' tem de ser {wanted}, e é {found}</translation>
    </message>
    <message>
        <source>expected {wanted} as element {place} in argument {argument}, but got {found}</source>
        <translation>o elemento {place} do argumento {argument} tem de ser {wanted}, e é {found}</translation>
    </message>
    <message>
        <source>must be real number, not {found}</source>
        <translation>espera-se um número real, e isto é {found}</translation>
    </message>
    <message>
        <source>permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = {n_axes} is not equal to len(dims) = {found}</source>
        <translation>permute() precisa de todos os eixos, cada um uma vez (eixos do tensor: {n_axes}, dados: {found})</translation>
    </message>
    <message>
        <source>permute(): duplicate dims are not allowed</source>
        <translation>permute(): cada eixo só pode aparecer uma vez</translation>
    </message>
    <message>
        <source>expand({kind}, size={size}): the number of sizes provided ({found}) must be greater or equal to the number of dimensions in the tensor ({n_axes})</source>
        <translation>expand() precisa de ao menos um tamanho para cada eixo: o tensor tem {n_axes}, e {size} tem {found}</translation>
    </message>
    <message>
        <source>torch.cat(): expected a non-empty list of Tensors</source>
        <translation>torch.cat() precisa de ao menos um tensor, e a lista está vazia</translation>
    </message>
    <message>
        <source>stack expects a non-empty TensorList</source>
        <translation>stack precisa de ao menos um tensor, e a lista está vazia</translation>
    </message>
    <message>
        <source>only integer tensors of a single element can be converted to an index</source>
        <translation>o índice de uma lista, ou o que range() recebe, é um só número inteiro, e este tensor não é</translation>
    </message>
    <message>
        <source>Boolean value of Tensor with no values is ambiguous</source>
        <translation>um tensor vazio não é nem verdadeiro nem falso</translation>
    </message>
    <message>
        <source>Boolean value of Tensor with more than one value is ambiguous</source>
        <translation>um tensor de mais de um elemento não é nem verdadeiro nem falso</translation>
    </message>
    <message>
        <source>only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got {found})</source>
        <translation>um índice é um número inteiro, uma fatia (`:`), reticências (`...`), None ou um tensor de inteiros ou bool, e este é {found}</translation>
    </message>
    <message>
        <source>step must be greater than zero</source>
        <translation>o passo de uma fatia tem de ser maior que zero; para inverter a ordem, use .flip(0)</translation>
    </message>
    <message>
        <source>shape mismatch: indexing tensors could not be broadcast together with shapes {shapes}</source>
        <translation>os índices têm as formas {shapes}, que não fazem broadcast entre si</translation>
    </message>
    <message>
        <source>shape mismatch: value tensor of shape {found} cannot be broadcast to indexing result of shape {wanted}</source>
        <translation>o valor de forma {found} não faz broadcast para a forma {wanted} do que o índice escolhe</translation>
    </message>
    <message>
        <source>index out of range in self</source>
        <translation>um dos índices está fora do intervalo do eixo</translation>
    </message>
    <message>
        <source>index_select(): Index is supposed to be a vector</source>
        <translation>index_select(): o índice tem de ser um tensor de um eixo só</translation>
    </message>
    <message>
        <source>scatter(): Expected self.dtype to be equal to src.dtype</source>
        <translation>scatter(): src tem de ter o mesmo dtype que o tensor</translation>
    </message>
    <message>
        <source>masked_fill_ only supports boolean masks, but got mask with dtype {kind}</source>
        <translation>a máscara de masked_fill tem de ser bool, e esta é {kind}: converta-a com .bool()</translation>
    </message>
    <message>
        <source>masked_select: expected BoolTensor for mask</source>
        <translation>a máscara de masked_select tem de ser bool: converta-a com .bool()</translation>
    </message>
    <message>
        <source>where expected condition to be a boolean tensor, but got a tensor with dtype {kind}</source>
        <translation>a condição de where tem de ser um tensor bool, e este é {kind}: escreva uma comparação, ou .bool()</translation>
    </message>
    <message>
        <source>out of range: tried to access index {place} on a tensor of {size} elements</source>
        <translation>o índice {place} está fora do intervalo: o tensor tem {size} elementos</translation>
    </message>
    <message>
        <source>select(): index {place} out of range for tensor of size {shape} at dimension {axis}</source>
        <translation>select(): o índice {place} está fora do intervalo do eixo {axis} do tensor de forma {shape}</translation>
    </message>
    <message>
        <source>start ({start}) + length ({length}) exceeds dimension size ({size})</source>
        <translation>do início {start} com o comprimento {length} passa-se do fim do eixo, que tem tamanho {size}</translation>
    </message>
    <message>
        <source>split_with_sizes expects split_sizes to sum exactly to {size} (input tensor's size at dimension {axis}), but got split_sizes={sizes}</source>
        <translation>a soma dos tamanhos das partes tem de ser {size}, o tamanho do eixo {axis}, e eles são {sizes}</translation>
    </message>
    <message>
        <source>only one dimension can be inferred</source>
        <translation>só um dos tamanhos pode ser -1</translation>
    </message>
    <message>
        <source>diagonal dimensions cannot be identical {one}, {other}</source>
        <translation>a diagonal é de dois eixos diferentes, e foram dados {one} e {other}</translation>
    </message>
    <message>
        <source>fill_ only supports 0-dimension value tensor but got tensor with {n_axes} dimensions</source>
        <translation>fill_ recebe um só número, e este tensor não é um só (eixos: {n_axes})</translation>
    </message>
    <message>
        <source>torch.clamp: At least one of 'min' or 'max' must not be None</source>
        <translation>torch.clamp precisa de 'min', de 'max' ou dos dois</translation>
    </message>
    <message>
        <source>{name} must be a matrix</source>
        <translation>{name} tem de ser uma matriz (dois eixos)</translation>
    </message>
    <message>
        <source>outer: Expected 1-D argument {argument}, but got {found}-D</source>
        <translation>outer espera vetores (1D), e {argument} é {found}D</translation>
    </message>
    <message>
        <source>no dimension of size 3 in input</source>
        <translation>nenhum eixo da entrada tem tamanho 3</translation>
    </message>
    <message>
        <source>torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: {found}</source>
        <translation>torch.meshgrid espera tensores de no máximo um eixo, e há um com mais</translation>
    </message>
    <message>
        <source>torch.linalg.solve: The solver failed because the input matrix is singular</source>
        <translation>torch.linalg.solve: a matriz é singular, e o sistema não tem uma só solução</translation>
    </message>
    <message>
        <source>{name}: The input tensor {argument} must have at least {n_axes} dimensions</source>
        <translation>{name}: o tensor {argument} tem de ter ao menos {n_axes} eixos</translation>
    </message>
    <message>
        <source>{name}: Expected a floating point or complex tensor as input. Got {kind}</source>
        <translation>{name}: a entrada tem de ser de ponto flutuante ou complexa, e é {kind}: converta-a com .float()</translation>
    </message>
    <message>
        <source>std and var only support floating point and complex dtypes</source>
        <translation>std e var só existem para tensores de ponto flutuante ou complexos: converta-o com .float()</translation>
    </message>
    <message>
        <source>step must be nonzero</source>
        <translation>o passo não pode ser zero</translation>
    </message>
    <message>
        <source>number of steps must be non-negative</source>
        <translation>o número de passos não pode ser negativo</translation>
    </message>
    <message>
        <source>random_ expects 'from' to be less than 'to', but got from={low} &gt;= to={high}</source>
        <translation>o início do intervalo ({low}) tem de ser menor que o fim ({high})</translation>
    </message>
    <message>
        <source>{name} must be greater or equal to 0, got {found}</source>
        <translation>{name} não pode ser negativo, e é {found}</translation>
    </message>
    <message>
        <source>invalid type: '{kind}'</source>
        <translation>não há um tipo de tensor '{kind}'; um dtype se escreve torch.float32</translation>
    </message>
    <message>
        <source>result type {kind} can't be cast to the desired output type {wanted}</source>
        <translation>o resultado é {kind}, e não cabe in-place num tensor {wanted}: calcule um tensor novo, ou converta este antes</translation>
    </message>
    <message>
        <source>"{name}" not implemented for '{kind}'</source>
        <translation>isto não existe para tensores {kind} ({name}): converta-os antes, p. ex. com .float()</translation>
    </message>
    <message>
        <source>{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument</source>
        <translation>{name}(): um tensor vazio não tem {name}; só ao longo de um eixo, com dim</translation>
    </message>
    <message>
        <source>{name}(): Expected reduction dim to be specified for input.numel() == 0</source>
        <translation>{name}(): um tensor vazio não tem {name}; só ao longo de um eixo, com dim</translation>
    </message>
    <message>
        <source>{name}(): Expected reduction dim {axis} to have non-zero size</source>
        <translation>{name}(): o eixo {axis} está vazio</translation>
    </message>
    <message>
        <source>only floating-point types are supported as the default type</source>
        <translation>o dtype padrão tem de ser de ponto flutuante</translation>
    </message>
    <message>
        <source>bincount only supports 1-d non-negative integral inputs</source>
        <translation>bincount espera um tensor de um eixo, de inteiros não negativos</translation>
    </message>
    <message>
        <source>cannot sample n_sample &gt; prob_dist.size(-1) samples without replacement</source>
        <translation>sem reposição não se sorteiam mais amostras do que há probabilidades; com replacement=True, sim</translation>
    </message>
    <message>
        <source>quantile() q must be in the range [0, 1] but got {found}</source>
        <translation>o q de quantile() vai de 0 a 1, e é {found}</translation>
    </message>
    <message>
        <source>index {place} out of range for storage of size {size}</source>
        <translation>o índice {place} está fora do intervalo: a memória do tensor tem {size} elementos</translation>
    </message>
    <message>
        <source>einsum(): fewer operands were provided than specified in the equation</source>
        <translation>einsum(): a equação pede mais operandos do que os que foram dados</translation>
    </message>
    <message>
        <source>einsum(): more operands were provided than specified in the equation</source>
        <translation>einsum(): foram dados mais operandos do que a equação pede</translation>
    </message>
    <message>
        <source>einsum(): output subscript {letter} does not appear in the equation for any input operand</source>
        <translation>einsum(): a letra {letter} da saída não está em nenhum operando</translation>
    </message>
    <message>
        <source>einsum(): invalid subscript given at index {place} in the equation string, subscripts must be in [a-zA-Z]</source>
        <translation>einsum(): na posição {place} da equação há um sinal que não é uma letra de a a z</translation>
    </message>
    <message>
        <source>einsum(): output subscript {letter} appears more than once in the output</source>
        <translation>einsum(): a letra {letter} aparece mais de uma vez na saída</translation>
    </message>
    <message>
        <source>einsum(): subscript {letter} is repeated for operand {place} but the sizes don't match, {one} != {other}</source>
        <translation>einsum(): a letra {letter} se repete no operando {place}, mas os dois eixos têm tamanhos diferentes: {one} e {other}</translation>
    </message>
    <message>
        <source>einsum(): found '.' for operand {place} that is not part of any ellipsis</source>
        <translation>einsum(): no operando {place} há um '.' que não faz parte de reticências ('...')</translation>
    </message>
    <message>
        <source>Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If you are running on a CPU-only machine, please use torch.load with map_location=torch.device('cpu') to map your storages to the CPU</source>
        <translation>os tensores deste arquivo estavam numa GPU (CUDA), que aqui não há: leia-os com torch.load(…, map_location='cpu')</translation>
    </message>
    <message>
        <source>Parent directory {name} does not exist</source>
        <translation>a pasta {name} não existe</translation>
    </message>
</context>
</TS>
