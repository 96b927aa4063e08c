<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_module_words</name>
    <message>
        <source>Input and output must have the same number of spatial dimensions, but got input with spatial dimensions of {found} and output size of {size}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and output size in (o1, o2, ...,oK) format</source>
        <translation>os eixos espaciais da entrada são {found}, e size é {size}: precisa de um tamanho para cada um. A entrada tem os eixos (N, C, d1, d2, …)</translation>
    </message>
    <message>
        <source>Input and scale_factor must have the same number of spatial dimensions, but got input with spatial dimensions of {found} and scale_factor of shape {size}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and scale_factor in (s1, s2, ...,sK) format</source>
        <translation>os eixos espaciais da entrada são {found}, e scale_factor é {size}: precisa de um fator para cada um. A entrada tem os eixos (N, C, d1, d2, …)</translation>
    </message>
    <message>
        <source>Got {found}D input, but {mode} mode needs {wanted}D input</source>
        <translation>a entrada é {found}D, e o modo {mode} precisa de uma {wanted}D</translation>
    </message>
    <message>
        <source>either size or scale_factor should be defined</source>
        <translation>falta size ou scale_factor</translation>
    </message>
    <message>
        <source>only one of size or scale_factor should be defined</source>
        <translation>size e scale_factor não andam juntos: dê um só</translation>
    </message>
    <message>
        <source>Input Error: Only 3D, 4D and 5D input Tensors supported (got {found}D) for the modes: {modes} (got {mode})</source>
        <translation>a entrada tem de ser 3D, 4D ou 5D, e é {found}D; os modos são {modes}, e este é {mode}</translation>
    </message>
    <message>
        <source>align_corners option can only be set with the interpolating modes: {modes}</source>
        <translation>align_corners só existe com os modos que interpolam: {modes}</translation>
    </message>
    <message>
        <source>{name} must be divisible by {other}</source>
        <translation>{name} tem de ser múltiplo de {other}</translation>
    </message>
    <message>
        <source>expected {name} to be a single integer value or a list of {n_axes} values to match the convolution dimensions, but got {found}</source>
        <translation>{name} tem de ser um só inteiro, ou {n_axes} valores, um para cada eixo da convolução; {found} não é</translation>
    </message>
    <message>
        <source>non-positive stride is not supported</source>
        <translation>o stride tem de ser ao menos 1</translation>
    </message>
    <message>
        <source>negative padding is not supported</source>
        <translation>o padding não pode ser negativo</translation>
    </message>
    <message>
        <source>padding='same' is not supported for strided convolutions</source>
        <translation>padding='same' só existe com stride=1</translation>
    </message>
    <message>
        <source>padding_mode must be one of {modes}, but got padding_mode='{mode}'</source>
        <translation>padding_mode é um de {modes}, e não '{mode}'</translation>
    </message>
    <message>
        <source>Given input size: ({input}). Calculated output size: ({output}). Output size is too small</source>
        <translation>com a entrada de tamanho ({input}) a saída teria o tamanho ({output}): nada sobra dela</translation>
    </message>
    <message>
        <source>pad should be at most half of effective kernel size, but got pad={pad}, kernel_size={kernel} and dilation={dilation}</source>
        <translation>o padding pode ser no máximo a metade do kernel, e é {pad}, com kernel_size={kernel} e dilation={dilation}</translation>
    </message>
    <message>
        <source>stride should not be zero</source>
        <translation>o stride não pode ser zero</translation>
    </message>
    <message>
        <source>{name}(): Expected 3D or 4D tensor, but got {shape}</source>
        <translation>{name}(): espera-se um tensor 3D ou 4D, e este tem a forma {shape}</translation>
    </message>
    <message>
        <source>{name} should contain {wanted} elements not {found}</source>
        <translation>a entrada tem {wanted} canais, mas {name} foi feito para {found}</translation>
    </message>
    <message>
        <source>expected {one} or {other} input (got {found} input)</source>
        <translation>espera-se uma entrada {one} ou {other}, e esta é {found}</translation>
    </message>
    <message>
        <source>expected {wanted} input (got {found} input)</source>
        <translation>espera-se uma entrada {wanted}, e esta é {found}</translation>
    </message>
    <message>
        <source>num_channels ({channels}) must be divisible by num_groups ({groups})</source>
        <translation>num_channels ({channels}) tem de ser múltiplo de num_groups ({groups})</translation>
    </message>
    <message>
        <source>Expected weight to be a vector of size equal to the number of channels in input, but got weight of shape {weight} and input of shape {shape}</source>
        <translation>o peso tem a forma {weight}, e teria de ter um valor para cada canal da entrada de forma {shape}</translation>
    </message>
    <message>
        <source>Expected {name} to be of same shape as normalized_shape, but got {name} of shape {found} and normalized_shape = {wanted}</source>
        <translation>{name} tem de ter a forma normalized_shape, que é {wanted}, e tem {found}</translation>
    </message>
    <message>
        <source>Padding_idx must be within num_embeddings</source>
        <translation>padding_idx tem de ser o número de uma das linhas da tabela (num_embeddings)</translation>
    </message>
    <message>
        <source>{kind} is not a Module subclass</source>
        <translation>{kind} não é um módulo: aqui só se põem objetos de nn.Module, p. ex. nn.ReLU()</translation>
    </message>
    <message>
        <source>ModuleList.extend should be called with an iterable, but got {kind}</source>
        <translation>ModuleList recebe uma lista de módulos, e isto é {kind}</translation>
    </message>
    <message>
        <source>0D or 1D target tensor expected, multi-target not supported</source>
        <translation>o alvo tem de ter um número de classe por linha (1D); com um eixo a mais, use .squeeze(1), e com one-hot, .argmax(1)</translation>
    </message>
    <message>
        <source>Expected floating point type for target with class probabilities, got {kind}</source>
        <translation>um alvo da forma da entrada são probabilidades de classes, de ponto flutuante, e este é {kind}: converta-o com .float(), ou dê números de classe</translation>
    </message>
    <message>
        <source>weight tensor should be defined either for all {n} classes or no classes but got weight tensor of shape: {found}</source>
        <translation>weight tem de ter um valor para cada uma das {n} classes, e tem a forma {found}</translation>
    </message>
    <message>
        <source>label_smoothing must be between 0.0 and 1.0. Got: {found}</source>
        <translation>label_smoothing vai de 0 a 1, e é {found}</translation>
    </message>
    <message>
        <source>Target size (torch.Size({target})) must be the same as input size (torch.Size({input}))</source>
        <translation>o alvo tem a forma {target}, e a entrada, {input}: têm de ser iguais, p. ex. com .unsqueeze(1) ou .squeeze(1)</translation>
    </message>
    <message>
        <source>{found} is not a valid value for reduction</source>
        <translation>reduction é 'mean', 'sum' ou 'none', e não {found}</translation>
    </message>
    <message>
        <source>Class values must be non-negative</source>
        <translation>as classes não podem ser negativas</translation>
    </message>
    <message>
        <source>Padding length should be less than or equal to two times the input dimension but got padding length {length} and input of dimension {n_axes}</source>
        <translation>o padding tem {length} valores, e pode ter no máximo dois para cada um dos {n_axes} eixos</translation>
    </message>
    <message>
        <source>Argument #{place}: Padding size should be less than the corresponding input dimension, but got: padding ({padding}) at dimension {axis} of input {shape}</source>
        <translation>com 'reflect' o padding tem de ser menor que o eixo, e é ({padding}) no eixo {axis} da entrada de forma {shape}</translation>
    </message>
    <message>
        <source>Expected size for first two dimensions of batch2 tensor to be: {wanted} but got: {found}</source>
        <translation>os dois primeiros eixos do segundo tensor do produto têm de ser {wanted}, e são {found}</translation>
    </message>
    <message>
        <source>was expecting embedding dimension of {wanted}, but got {found}</source>
        <translation>o último eixo da entrada tem de ter o tamanho embed_dim: espera-se {wanted}, e ele tem {found}</translation>
    </message>
    <message>
        <source>query should be unbatched 2D or batched 3D tensor but received {found}-D query tensor</source>
        <translation>query tem de ser 2D (sem lote) ou 3D (com lote), e é {found}D</translation>
    </message>
    <message>
        <source>{name}: Expected input to be 2D or 3D, got {found}D instead</source>
        <translation>{name}: a entrada tem de ser 2D (sem lote) ou 3D (com lote), e é {found}D</translation>
    </message>
    <message>
        <source>Expected {name} size {wanted}, got {found}</source>
        <translation>{name} tem de ter a forma {wanted}, e tem {found}</translation>
    </message>
    <message>
        <source>{name} must be greater than zero</source>
        <translation>{name} tem de ser maior que zero</translation>
    </message>
    <message>
        <source>Unknown nonlinearity '{found}'. Select from 'tanh' or 'relu'</source>
        <translation>a não linearidade '{found}' não existe: escolha 'tanh' ou 'relu'</translation>
    </message>
    <message>
        <source>dropout should be a number in range [0, 1] representing the probability of an element being zeroed</source>
        <translation>dropout é a probabilidade de um elemento ser zerado: um número de 0 a 1</translation>
    </message>
    <message>
        <source>`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do not need ONNX exportability</source>
        <translation>os comprimentos têm de estar em ordem decrescente; com enforce_sorted=False, não</translation>
    </message>
    <message>
        <source>Length of all samples has to be greater than 0, but found an element in 'lengths' that is &lt;= 0</source>
        <translation>cada sequência tem de ter comprimento maior que 0, e em 'lengths' há um que não tem</translation>
    </message>
    <message>
        <source>unflatten: Provided sizes {sizes} don't multiply up to the size of dim {axis} ({size}) in the input tensor</source>
        <translation>unflatten: o produto dos tamanhos {sizes} tem de ser {size}, o tamanho do eixo {axis}</translation>
    </message>
    <message>
        <source>Fan in and fan out can not be computed for tensor with fewer than 2 dimensions</source>
        <translation>esta inicialização precisa de um tensor de ao menos dois eixos (entradas e saídas)</translation>
    </message>
    <message>
        <source>Halving dimension must be even, but dimension {axis} is size {size}</source>
        <translation>o eixo que se divide ao meio tem de ser par, e o eixo {axis} tem tamanho {size}</translation>
    </message>
    <message>
        <source>pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)={channels} is not divisible by {square}</source>
        <translation>pixel_shuffle: o número de canais tem de ser múltiplo do quadrado de upscale_factor, e {channels} não é múltiplo de {square}</translation>
    </message>
    <message>
        <source>grid_sampler(): expected grid to have size {wanted} in last dimension, but got grid with sizes {shape}</source>
        <translation>grid_sample(): o último eixo da grade tem de ter tamanho {wanted}, e a grade tem a forma {shape}</translation>
    </message>
    <message>
        <source>cannot assign '{found}' object to parameter '{name}' (torch.nn.Parameter or None required)</source>
        <translation>'{name}' é um parâmetro e não recebe '{found}': faça um torch.nn.Parameter, ou None</translation>
    </message>
    <message>
        <source>cannot assign parameters before Module.__init__() call</source>
        <translation>um parâmetro só pode ser atribuído depois de super().__init__()</translation>
    </message>
    <message>
        <source>Expected state_dict to be dict-like, got {kind}</source>
        <translation>load_state_dict recebe o que state_dict() devolve (um dict), e isto é {kind}</translation>
    </message>
    <message>
        <source>you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach()</source>
        <translation>requires_grad só pode ser mudado em folhas, e este tensor foi calculado: use .detach()</translation>
    </message>
    <message>
        <source>Inference tensors cannot be saved for backward. Please do not use Tensors created in inference mode in computation tracked by autograd. To work around this, you can make a clone to get a normal tensor and use it in autograd, or use `torch.no_grad()` instead of `torch.inference_mode()`</source>
        <translation>um tensor feito sob torch.inference_mode() não pode ser guardado para o backward: use uma cópia (.clone()), ou torch.no_grad() em vez de torch.inference_mode()</translation>
    </message>
    <message>
        <source>Output {place} of {name} is a view and is being modified inplace. This view is the output of a function that returns multiple views. Such functions do not allow the output views to be modified inplace. You should replace the inplace operation by an out-of-place one</source>
        <translation>a saída {place} de {name} é uma de várias views, e estas não podem ser mudadas in-place: calcule um tensor novo</translation>
    </message>
    <message>
        <source>Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.  If you were attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm usage, see {address}</source>
        <translation>só folhas podem ser copiadas com deepcopy, e este tensor foi calculado: use .detach().clone(); se era um módulo, veja {address}</translation>
    </message>
    <message>
        <source>vmap({name}, in_dims={axes}, ...)(&lt;inputs&gt;): Got in_dim={axis} for an input but the input is of type {kind}. We cannot vmap over non-Tensor arguments, please use None as the respective in_dim</source>
        <translation>vmap({name}, in_dims={axes}): uma das entradas é {kind}, e vmap só percorre tensores: o in_dim dela, que é {axis}, tem de ser None</translation>
    </message>
    <message>
        <source>grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got tensor with {n_axes} dims. Maybe you wanted to use the vjp or jacrev APIs instead?</source>
        <translation>torch.func.grad precisa de uma função que devolve um só número, e esta devolve um tensor de {n_axes} eixos; para este há vjp e jacrev</translation>
    </message>
    <message>
        <source>attribute '{name}' already exists</source>
        <translation>o atributo '{name}' já existe</translation>
    </message>
    <message>
        <source>{what} name can't contain "."</source>
        <translation>o nome não pode ter "." ({what})</translation>
    </message>
</context>
</TS>
