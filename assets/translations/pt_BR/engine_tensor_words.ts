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
    <message>
        <source>torch.linalg.lstsq: input.size(-2) should match other.size(-1)</source>
        <translation>torch.linalg.lstsq: o penúltimo eixo do primeiro tensor e o último do segundo têm de ter o mesmo tamanho</translation>
    </message>
    <message>
        <source>contracted dimensions need to match, but first has size {one} in dim {axis} and second has size {other} in dim {other_axis}</source>
        <translation>os eixos que se somam têm de ter o mesmo tamanho: o eixo {axis} do primeiro tem {one}, o eixo {other_axis} do segundo {other}</translation>
    </message>
    <message>
        <source>tensordot expects dims &lt; ndim_a or ndim_b, but got dims={n}</source>
        <translation>tensordot soma menos eixos do que os tensores têm, e dims={n}</translation>
    </message>
    <message>
        <source>Expect a 1D vector, but got shape [{shape}]</source>
        <translation>espera-se um vetor de 1 eixo, e este tem a forma [{shape}]</translation>
    </message>
    <message>
        <source>{name}: input tensor must have at least 2 dimensions</source>
        <translation>{name} precisa de um tensor de ao menos 2 eixos</translation>
    </message>
    <message>
        <source>{name}: Supports 1D or 2D tensors. Got {n_axes}D</source>
        <translation>{name} precisa de um tensor de 1 ou 2 eixos, e este tem {n_axes}</translation>
    </message>
    <message>
        <source>trace: expected a matrix, but got tensor with dim {n_axes}</source>
        <translation>trace precisa de uma matriz, e este tensor tem {n_axes} eixo(s)</translation>
    </message>
    <message>
        <source>expected total dims &gt;= 2, but got total dims = {n_axes}</source>
        <translation>espera-se ao menos 2 eixos, e o tensor tem {n_axes}</translation>
    </message>
    <message>
        <source>~ (operator.invert) is only implemented on integer and Boolean-type tensors</source>
        <translation>~ só se aplica a tensores de inteiros e de bool</translation>
    </message>
    <message>
        <source>Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead</source>
        <translation>um tensor bool não se nega com -; para inverter uma máscara, use ~ ou logical_not()</translation>
    </message>
    <message>
        <source>Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead</source>
        <translation>um tensor bool não se subtrai com -; para inverter uma máscara, use ~ ou logical_not()</translation>
    </message>
    <message>
        <source>ZeroDivisionError</source>
        <translation>divisão por zero</translation>
    </message>
    <message>
        <source>{name}() received an invalid combination of arguments - got ({got}), but expected ({way})</source>
        <translation>{name}() recebeu ({got}), e espera ({way})</translation>
    </message>
    <message>
        <source>kthvalue(): selected number k out of range for dimension {axis}</source>
        <translation>kthvalue(): o eixo {axis} tem menos de k elementos</translation>
    </message>
    <message>
        <source>boundaries tensor must be 1 dimension, but got dim({n_axes})</source>
        <translation>os limites têm de ser um tensor de 1 eixo, e este tem {n_axes}</translation>
    </message>
    <message>
        <source>invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item&lt;T&gt;()` in C++ to convert a 0-dim tensor to a number</source>
        <translation>um tensor sem eixos não tem índices; .item() faz dele um número</translation>
    </message>
    <message>
        <source>can't assign a {kind} to a {tensor}</source>
        <translation>um elemento de {tensor} é um número ou um tensor, e isto é {kind}</translation>
    </message>
    <message>
        <source>index_add_(): Number of indices ({n}) should be equal to source.size(dim): ({size}), for dim: {axis}</source>
        <translation>index_add_(): há {n} índice(s), e no eixo {axis} o que se soma tem o tamanho {size}</translation>
    </message>
    <message>
        <source>Number of elements of source &lt; number of ones in mask</source>
        <translation>há menos elementos do que lugares True na máscara</translation>
    </message>
    <message>
        <source>{name}(): dtype of indices should be Long but got {dtype}</source>
        <translation>{name}(): os índices têm de ser int64 (Long), e são {dtype}</translation>
    </message>
    <message>
        <source>Size does not match at dimension {axis} expected index [{index}] to be no larger than self [{shape}] apart from dimension {other}</source>
        <translation>no eixo {axis}, o índice [{index}] não pode ser maior que o tensor [{shape}]; só no eixo {other} pode</translation>
    </message>
    <message>
        <source>The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension {axis}</source>
        <translation>o eixo {axis} é novo e precisa de um tamanho: -1 (o tamanho que já tem) só serve para um que existe</translation>
    </message>
    <message>
        <source>numel: integer multiplication overflow</source>
        <translation>o número de elementos é grande demais</translation>
    </message>
    <message>
        <source>t() expects a tensor with &lt;= 2 dimensions, but self is {n_axes}D</source>
        <translation>t() troca os eixos de uma matriz, e este tensor tem {n_axes}; use .transpose(…) ou .mT</translation>
    </message>
    <message>
        <source>tensor.mT is only supported on matrices or batches of matrices. Got {n_axes}-D tensor</source>
        <translation>.mT só existe em matrizes e lotes de matrizes, e este tensor tem {n_axes} eixo(s)</translation>
    </message>
    <message>
        <source>tensor.H is only supported on matrices (2-D tensors). Got {n_axes}-D tensor</source>
        <translation>.H só existe em matrizes, e este tensor tem {n_axes} eixo(s)</translation>
    </message>
    <message>
        <source>tensor.H is only supported on matrices (2-D tensors). Got {n_axes}-D tensor. For batches of matrices, consider using tensor.mH</source>
        <translation>.H só existe em matrizes, e este tensor tem {n_axes} eixos; num lote de matrizes use .mH</translation>
    </message>
    <message>
        <source>len() of a 0-d tensor</source>
        <translation>um tensor sem eixos (um só número) não tem len()</translation>
    </message>
    <message>
        <source>iteration over a 0-d tensor</source>
        <translation>um tensor sem eixos (um só número) não se percorre</translation>
    </message>
    <message>
        <source>Tensor.__contains__ only supports Tensor or scalar, but you passed in a {kind}</source>
        <translation>num tensor se procura um número ou um tensor, e isto é {kind}</translation>
    </message>
    <message>
        <source>Invalid device string: '{name}'</source>
        <translation>'{name}' não é um dispositivo, como "cpu" ou "cuda:0"; um dtype escreve-se torch.float32</translation>
    </message>
    <message>
        <source>dtype must be a type, str, or dtype object</source>
        <translation>o dtype é um tipo, um texto ou um torch.dtype</translation>
    </message>
    <message>
        <source>Overflow when unpacking long long</source>
        <translation>o número inteiro é grande demais para int64</translation>
    </message>
    <message>
        <source>value cannot be converted to type {dtype} without overflow</source>
        <translation>o número não cabe em {dtype}</translation>
    </message>
    <message>
        <source>too many dimensions '{kind}'</source>
        <translation>um tensor se faz de números, e há aqui '{kind}'</translation>
    </message>
    <message>
        <source>not a sequence</source>
        <translation>um elemento não é uma lista como os outros</translation>
    </message>
    <message>
        <source>both buffer length ({n}) and count ({count}) must not be 0</source>
        <translation>não há bytes de que fazer um tensor (bytes {n}, elementos {count})</translation>
    </message>
    <message>
        <source>normal expects all elements of std &gt;= 0.0</source>
        <translation>nenhum desvio padrão de normal pode ser negativo</translation>
    </message>
    <message>
        <source>Expected p_in &gt;= 0 &amp;&amp; p_in &lt;= 1 to be true, but got false.  (Could this error message be improved?  If so, please report an enhancement request to PyTorch.)</source>
        <translation>as probabilidades têm de estar entre 0 e 1</translation>
    </message>
    <message>
        <source>prob_dist must be 1 or 2 dim</source>
        <translation>as probabilidades têm de ter 1 ou 2 eixos</translation>
    </message>
    <message>
        <source>multinomial only supports floating-point dtypes for input, got: {dtype}</source>
        <translation>multinomial precisa de probabilidades com ponto flutuante, e estas são {dtype}</translation>
    </message>
    <message>
        <source>invalid Poisson rate, expected rate to be non-negative</source>
        <translation>a taxa de Poisson não pode ser negativa</translation>
    </message>
    <message>
        <source>unsupported range: {begin} -&gt; {end}</source>
        <translation>o intervalo de {begin} até {end} não é finito</translation>
    </message>
    <message>
        <source>number of sections must be larger than 0, got {n}</source>
        <translation>o número de partes tem de ser maior que 0, e é {n}</translation>
    </message>
    <message>
        <source>dim {axis} appears multiple times in the list of dims</source>
        <translation>o eixo {axis} aparece mais de uma vez na lista de eixos</translation>
    </message>
    <message>
        <source>linalg.{name}: Order {order} not supported</source>
        <translation>{name}: não existe a ordem {order}</translation>
    </message>
    <message>
        <source>{one} did not match {other}</source>
        <translation>{one} e {other} são diferentes</translation>
    </message>
    <message>
        <source>Tensor-likes are not close!

{lines}</source>
        <translation>os tensores não são próximos:
{lines}</translation>
    </message>
    <message>
        <source>The values for attribute '{name}' do not match: {one} != {other}</source>
        <translation>os tensores diferem em '{name}': {one} e {other}</translation>
    </message>
    <message>
        <source>set_num_threads expects a positive integer</source>
        <translation>set_num_threads espera um número inteiro positivo</translation>
    </message>
    <message>
        <source>{name} expects an int, but got {kind}</source>
        <translation>{name} espera um número inteiro, e isto é {kind}</translation>
    </message>
    <message>
        <source>can't convert {device} device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first</source>
        <translation>um tensor em {device} não se converte em NumPy; .cpu() copia-o antes para a memória</translation>
    </message>
    <message>
        <source>Got unsupported ScalarType {dtype}</source>
        <translation>NumPy não tem o dtype {dtype}; use .float() antes</translation>
    </message>
    <message>
        <source>can't convert {layout} layout tensor to numpy. Use Tensor.to_dense() first</source>
        <translation>um tensor {layout} não se converte em NumPy; use .to_dense() antes</translation>
    </message>
    <message>
        <source>{name}(): does not support complex input</source>
        <translation>{name}() não se aplica a números complexos</translation>
    </message>
    <message>
        <source>Can't call numpy() on Tensor that has conjugate bit set. Use tensor.resolve_conj().numpy() instead</source>
        <translation>este tensor é um conjugado que não foi calculado: use .resolve_conj().numpy()</translation>
    </message>
    <message>
        <source>indices and values must have same nnz, but got nnz from indices: {one}, nnz from values: {other}</source>
        <translation>tem de haver um valor para cada índice: índices {one}, valores {other}</translation>
    </message>
    <message>
        <source>addmm: Argument #3 (dense): Expected dim 0 size {wanted}, got {found}</source>
        <translation>o eixo 0 da segunda matriz tem o tamanho {found}, e o produto precisa de {wanted}</translation>
    </message>
    <message>
        <source>Cannot assign to a sparse tensor</source>
        <translation>num tensor esparso não se escreve</translation>
    </message>
    <message>
        <source>{device} device type not an accelerator</source>
        <translation>{device} não é um acelerador</translation>
    </message>
    <message>
        <source>Torch not compiled with {name} enabled</source>
        <translation>este PyTorch foi compilado sem {name}</translation>
    </message>
    <message>
        <source>invalid dtype object: only floating-point types are supported as the default type</source>
        <translation>o dtype padrão tem de ser um de ponto flutuante</translation>
    </message>
    <message>
        <source>einsum(): dimension {axis} covered by ellipsis in operand {place}has size {size} which does not broadcast with previously seen ellipsis with size {before} for the respective dimension</source>
        <translation>einsum(): o eixo {axis} das reticências tem o tamanho {size} no operando {place} e {before} num anterior: os dois não se combinam</translation>
    </message>
    <message>
        <source>einsum(): must specify the equation string and at least one operand, or at least one operand and its subscripts list</source>
        <translation>einsum() precisa da equação e de ao menos um tensor</translation>
    </message>
    <message>
        <source>einsum(): found '.' for operand {place} for which an ellipsis was already found</source>
        <translation>einsum(): o operando {place} tem reticências duas vezes</translation>
    </message>
    <message>
        <source>Invalid number of data points ({n}) specified</source>
        <translation>o número de pontos não pode ser {n}</translation>
    </message>
    <message>
        <source>stft requires the return_complex parameter be given for real inputs, and will further require that return_complex=True in a future PyTorch release</source>
        <translation>stft precisa de return_complex=True quando a entrada é real</translation>
    </message>
    <message>
        <source>{name}: The algorithm failed to converge because the input matrix contained non-finite values</source>
        <translation>{name}: o algoritmo não convergiu, pois a matriz tem valores que não são finitos</translation>
    </message>
    <message>
        <source>{name}: If dim is not specified but ord is, the input must be 1D or 2D. Got {n}D</source>
        <translation>{name}: com ord e sem dim a entrada precisa ter 1 ou 2 dimensões, e tem {n}</translation>
    </message>
    <message>
        <source>{name} should have at least {least} dimensions, but has {n} dimensions instead</source>
        <translation>{name} precisa de ao menos {least} dimensões, e tem {n}</translation>
    </message>
    <message>
        <source>{name}: bins must be &gt; 0, but got {n} for dimension {axis}</source>
        <translation>{name}: bins deve ser maior que 0, e é {n} na dimensão {axis}</translation>
    </message>
    <message>
        <source>{name}: min should not exceed max, but got min {low} max {high} for dimension {axis}</source>
        <translation>{name}: o mínimo não pode passar do máximo, e são {low} e {high} na dimensão {axis}</translation>
    </message>
    <message>
        <source>{name} input tensor must be either float or double dtype</source>
        <translation>{name} precisa de um tensor float ou double</translation>
    </message>
    <message>
        <source>shifts and dimensions must align. shifts: {n_shifts}, dims:{n_dims}</source>
        <translation>shifts e dims precisam ter o mesmo tamanho, e têm {n_shifts} e {n_dims}</translation>
    </message>
    <message>
        <source>expected rotation dims to be different, but got dim0 = {first} and dim1 = {second}</source>
        <translation>as duas dimensões em que se gira têm de ser diferentes, e são {first} e {second}</translation>
    </message>
    <message>
        <source>{name}: Expected dtype {wanted} for index</source>
        <translation>{name}: os índices têm de ser {wanted}</translation>
    </message>
    <message>
        <source>Index tensor must have the same number of dimensions as {other} tensor</source>
        <translation>o tensor de índices precisa de tantas dimensões quanto {other}</translation>
    </message>
    <message>
        <source>unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. Please clone() the tensor before performing the operation</source>
        <translation>parte do que se lê está na memória em que se escreve; copie antes com clone()</translation>
    </message>
    <message>
        <source>setStorage: sizes {sizes}, strides {strides}, storage offset {offset}, and itemsize {itemsize} requiring a storage size of {wanted} are out of bounds for storage of size {found}</source>
        <translation>os tamanhos {sizes} com os passos {strides} a partir de {offset} precisam de {wanted} bytes, e a memória do tensor tem {found} (cada elemento tem {itemsize})</translation>
    </message>
    <message>
        <source>{name} has invalid args: start_dim cannot come after end_dim</source>
        <translation>{name}: start_dim não pode vir depois de end_dim</translation>
    </message>
    <message>
        <source>movedim: Invalid source or destination dims: source ({source} dims) should contain the same number of dims as destination ({target} dims)</source>
        <translation>movedim: source e destination precisam de tantas dimensões uma quanto a outra, e são {source} e {target}</translation>
    </message>
    <message>
        <source>repeats must have the same size as input along dim, but got repeats.size(0) = {n} and input.size({axis}) = {size}</source>
        <translation>repeats precisa de um número para cada posição da dimensão {axis}: tem {n}, e ela tem {size}</translation>
    </message>
    <message>
        <source>{name} attempted to split along dimension {axis}, but the size of the dimension {size} is not divisible by the split_size {n}!</source>
        <translation>{name}: a dimensão {axis} tem {size}, que não se divide em {n} partes iguais</translation>
    </message>
    <message>
        <source>{name} zero_point {n} is {side} {bound} bound</source>
        <translation>zero_point {n} não cabe no dtype ({name})</translation>
    </message>
    <message>
        <source>{name} is only supported for complex tensors</source>
        <translation>{name} só aceita tensores complexos</translation>
    </message>
    <message>
        <source>Tensor must have a last dimension of size {n}</source>
        <translation>a última dimensão do tensor tem de ter tamanho {n}</translation>
    </message>
    <message>
        <source>Expected both inputs to be Half, Float or Double tensors but got {first} and {second}</source>
        <translation>as duas entradas têm de ser Half, Float ou Double, e são {first} e {second}</translation>
    </message>
    <message>
        <source>All Tensors given to nested_tensor must have the same dimension. Found dimension {n} for Tensor at index {place} and dimension {other} for Tensor at index {first}</source>
        <translation>nested_tensor quer tensores com tantas dimensões uns quanto os outros; o de índice {place} tem {n}, e o de índice {first} tem {other}</translation>
    </message>
    <message>
        <source>vector + matrix @ vector expected, got {first}, {second}, {third}</source>
        <translation>addmv precisa de um vetor, uma matriz e um vetor; eles têm {first}, {second} e {third} dimensões</translation>
    </message>
    <message>
        <source>new(): data must be a sequence (got {kind})</source>
        <translation>torch.Tensor() quer uma sequência ou tamanhos, não {kind}; use torch.tensor()</translation>
    </message>
    <message>
        <source>self.size(-1) must be divisible by {n} to view {old} as {new} (different element sizes), but got {size}</source>
        <translation>a última dimensão tem {size} e teria de ser múltiplo de {n}, para que {old} se leia como {new}</translation>
    </message>
</context>
</TS>
