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
    <message>
        <source>The outputs of the user-provided function given to {name} must be either a Tensor or a tuple of Tensors but the given outputs of the user-provided function has type {kind}</source>
        <translation>a função dada a {name} tem de devolver um tensor ou uma tupla de tensores, e devolve {kind}</translation>
    </message>
    <message>
        <source>The Tensor returned by the function given to hessian should contain a single element</source>
        <translation>a função dada a hessian tem de devolver um só número</translation>
    </message>
    <message>
        <source>One of the differentiated Tensors does not require grad</source>
        <translation>um dos tensores em relação aos quais se deriva não tem requires_grad</translation>
    </message>
    <message>
        <source>gradients can be either Tensors or None, but got {kind}</source>
        <translation>um gradiente é um tensor ou None, e isto é {kind}</translation>
    </message>
    <message>
        <source>can't retain_grad on Tensor that has requires_grad=False</source>
        <translation>retain_grad() só serve num tensor que precisa de gradiente (requires_grad)</translation>
    </message>
    <message>
        <source>cannot register a hook on a tensor that doesn't require gradient</source>
        <translation>um hook só serve num tensor que precisa de gradiente (requires_grad)</translation>
    </message>
    <message>
        <source>hook '{name}' has changed the size of value</source>
        <translation>o hook '{name}' devolveu um gradiente de outra forma</translation>
    </message>
    <message>
        <source>expected Variable, but hook returned '{kind}'</source>
        <translation>um hook devolve um tensor ou nada, e este devolveu '{kind}'</translation>
    </message>
    <message>
        <source>You must implement either the backward or vjp method for your custom autograd.Function to use it with backward mode AD</source>
        <translation>à autograd.Function falta o método backward (ou vjp)</translation>
    </message>
    <message>
        <source>function {name} returned an incorrect number of gradients (expected {wanted}, got {found})</source>
        <translation>backward de {name} tem de devolver um gradiente para cada argumento de forward ({wanted}), e devolveu {found}</translation>
    </message>
    <message>
        <source>Function {name} returned an invalid gradient at index {place} - got [{found}] but expected shape compatible with [{wanted}]</source>
        <translation>backward de {name} devolveu como gradiente {place} um de forma [{found}], e ela tem de caber em [{wanted}]</translation>
    </message>
    <message>
        <source>expected Variable or None (got {kind})</source>
        <translation>um gradiente é um tensor ou None, e isto é {kind}</translation>
    </message>
    <message>
        <source>save_for_backward can only save variables, but argument {place} is of type {kind}</source>
        <translation>save_for_backward só guarda tensores, e o argumento {place} é {kind}; outros valores guardam-se como atributos de ctx</translation>
    </message>
    <message>
        <source>Legacy autograd function with non-static forward method is deprecated. Please use new-style autograd function with static forward method. (Example: https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)</source>
        <translation>forward de uma autograd.Function é estático (@staticmethod), e ela é chamada com .apply(…)</translation>
    </message>
    <message>
        <source>attempting to assign a gradient of size '[{found}]' to a tensor of size '[{wanted}]'. Please ensure that the gradient and the tensor are the same size</source>
        <translation>o gradiente tem de ter a forma do tensor, [{wanted}], e tem [{found}]</translation>
    </message>
    <message>
        <source>assigned grad expected to be a Tensor or None but got grad of type {kind}</source>
        <translation>.grad é um tensor ou None, e isto é {kind}</translation>
    </message>
    <message>
        <source>attempting to assign a gradient with dtype '{found}' to a tensor with grad_dtype '{wanted}'. The gradient must match the tensor's grad_dtype (defaults to the tensor's dtype). You can set the tensor's grad_dtype attribute with a specific dtype, or None to allow any dtype. {hint}</source>
        <translation>o gradiente tem de ter o dtype do tensor, {wanted}, e tem {found}</translation>
    </message>
    <message>
        <source>requires_grad must be a bool</source>
        <translation>requires_grad é True ou False</translation>
    </message>
    <message>
        <source>attribute '{name}' of '{kind}' objects is not writable</source>
        <translation>'{name}' de um objeto '{kind}' só se lê</translation>
    </message>
    <message>
        <source>both arguments to linear need to be at least 1D, but they are {one}D and {other}D</source>
        <translation>linear precisa de tensores de ao menos 1 eixo, e estes têm {one} e {other}</translation>
    </message>
    <message>
        <source>nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={dtype}</source>
        <translation>um módulo só passa a um dtype de ponto flutuante ou complexo, e este é {dtype}</translation>
    </message>
    <message>
        <source>bilinear(): {name} size does not match weight size: got {found} but expected {wanted}</source>
        <translation>bilinear(): {name} tem o tamanho {found}, e o peso precisa de {wanted}</translation>
    </message>
    <message>
        <source>offsets has to be a 1D Tensor but got {kind}</source>
        <translation>com índices de 1 eixo, offsets tem de ser um tensor de 1 eixo, e é {kind}</translation>
    </message>
    <message>
        <source>Invalid padding string '{name}', should be one of {names}</source>
        <translation>não existe padding='{name}': {names}</translation>
    </message>
    <message>
        <source>groups must be a positive integer</source>
        <translation>groups tem de ser um número inteiro positivo</translation>
    </message>
    <message>
        <source>output padding must be smaller than either stride or dilation, but got {numbers}</source>
        <translation>output_padding tem de ser menor que stride ou que dilation: {numbers}</translation>
    </message>
    <message>
        <source>requested an output size of {size}, but valid sizes range from {least} to {most} (for an input of {shape})</source>
        <translation>para uma entrada de {shape} o tamanho da saída vai de {least} a {most}, e foi pedido {size}</translation>
    </message>
    <message>
        <source>{name}: Expected {one} or {other} (batch mode) tensor with optional 0 dim batch size for input, but got:[{shape}]</source>
        <translation>{name} precisa de um tensor de {one} ou {other} (um lote), e este tem a forma [{shape}]</translation>
    </message>
    <message>
        <source>{name}: internal error: output_size.size() must be {wanted}</source>
        <translation>{name}: output_size precisa de {wanted} números</translation>
    </message>
    <message>
        <source>elements in indices should be type int64 but got: {dtype}</source>
        <translation>os índices têm de ser int64, e são {dtype}</translation>
    </message>
    <message>
        <source>Found an invalid max index: {index} (output volumes are of size {size})</source>
        <translation>o índice {index} está fora da saída, que tem o tamanho {size}</translation>
    </message>
    <message>
        <source>Expected more than 1 spatial element when training, got input size torch.Size([{size}])</source>
        <translation>ao treinar, é preciso mais de um elemento por canal, e a entrada tem a forma [{size}]</translation>
    </message>
    <message>
        <source>Expected at least {least} dimensions for input tensor but received {found}</source>
        <translation>a entrada precisa de ao menos {least} eixos, e tem {found}</translation>
    </message>
    <message>
        <source>Expected 3D or higher dimensionality                          input (got {found} dimensions)</source>
        <translation>a entrada precisa de ao menos 3 eixos, e tem {found}</translation>
    </message>
    <message>
        <source>Feature dropout requires at least {least} dimensions in the input</source>
        <translation>este dropout apaga canais inteiros: a entrada precisa de ao menos {least} eixos</translation>
    </message>
    <message>
        <source>Mismatch of parameter numbers and input channel size. Found parameter numbers = {one} and channel size = {other}</source>
        <translation>PReLU tem {one} parâmetros, e a entrada {other} canais</translation>
    </message>
    <message>
        <source>approximate argument must be either none or tanh</source>
        <translation>approximate é "none" ou "tanh"</translation>
    </message>
    <message>
        <source>max_val ({most}) must be greater than min_val ({least})</source>
        <translation>max_val ({most}) tem de ser maior que min_val ({least})</translation>
    </message>
    <message>
        <source>index {index} is out of range</source>
        <translation>não há elemento com o índice {index}</translation>
    </message>
    <message>
        <source>module name should be a string. Got {kind}</source>
        <translation>o nome de um módulo é um texto, e isto é {kind}</translation>
    </message>
    <message>
        <source>ModuleDict update sequence element #{place} should be Iterable; is{kind}</source>
        <translation>um ModuleDict se faz de pares de nome e módulo, e o elemento {place} é {kind}</translation>
    </message>
    <message>
        <source>proj_size has to be smaller than hidden_size</source>
        <translation>proj_size tem de ser menor que hidden_size</translation>
    </message>
    <message>
        <source>{name} should be of type int, got: {kind}</source>
        <translation>{name} é um número inteiro, e isto é {kind}</translation>
    </message>
    <message>
        <source>RNN input dtype ({one}) does not match weight dtype ({other}). Convert input: {input}, or convert model: {model}</source>
        <translation>a entrada é {one}, e os pesos são {other}: converta a entrada com {input} ou o modelo com {model}</translation>
    </message>
    <message>
        <source>input has inconsistent input_size: got {found} expected {wanted}</source>
        <translation>a entrada tem {found} números por passo, e a camada precisa de {wanted} (input_size)</translation>
    </message>
    <message>
        <source>Input batch size {one} doesn't match {name} batch size {other}</source>
        <translation>o lote da entrada tem {one}, e o de {name} {other}</translation>
    </message>
    <message>
        <source>key shape {one} does not match value shape {other}</source>
        <translation>as chaves têm a forma {one}, e os valores {other}</translation>
    </message>
    <message>
        <source>The shape of the {kind} attn_mask is {found}, but should be {wanted}</source>
        <translation>attn_mask ({kind}) tem a forma {found}, e precisa de {wanted}</translation>
    </message>
    <message>
        <source>Expected key_padded_mask.shape[{axis}] to be {wanted}, but got {found}</source>
        <translation>o eixo {axis} de key_padding_mask precisa do tamanho {wanted}, e tem {found}</translation>
    </message>
    <message>
        <source>Need attn_mask if specifying the is_causal hint. You may use the Transformer module method `generate_square_subsequent_mask` to create this mask</source>
        <translation>is_causal=True precisa também de attn_mask; nn.Transformer.generate_square_subsequent_mask(n) a faz</translation>
    </message>
    <message>
        <source>activation should be relu/gelu, not {name}</source>
        <translation>activation é relu ou gelu, não {name}</translation>
    </message>
    <message>
        <source>the batch number of src and tgt must be equal</source>
        <translation>src e tgt têm de ter o mesmo lote</translation>
    </message>
    <message>
        <source>the feature number of src and tgt must be equal to d_model</source>
        <translation>o último eixo de src e de tgt tem de ser d_model</translation>
    </message>
    <message>
        <source>_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True</source>
        <translation>com is_causal=True não se dá attn_mask</translation>
    </message>
    <message>
        <source>For 1D input, 1D target must have size 1, but got target size: {found}</source>
        <translation>para uma só entrada há um só alvo, e estes são {found}</translation>
    </message>
    <message>
        <source>cannot assign '{kind}' object to buffer '{name}' (torch Tensor or None required)</source>
        <translation>'{name}' é um tensor ou None, e isto é '{kind}'</translation>
    </message>
    <message>
        <source>smooth_l1_loss does not support negative values for beta</source>
        <translation>beta de smooth_l1_loss não pode ser negativo</translation>
    </message>
    <message>
        <source>huber_loss does not support non-positive values for delta</source>
        <translation>delta de huber_loss tem de ser maior que zero</translation>
    </message>
    <message>
        <source>Expected tensor to have size at least {least} at dimension {axis}, but got size {found} for argument #{place} '{name}' (while checking arguments for {function})</source>
        <translation>'{name}' precisa de ao menos {least} no eixo {axis}, e tem {found}</translation>
    </message>
    <message>
        <source>var has negative entry/entries</source>
        <translation>var tem valores negativos</translation>
    </message>
    <message>
        <source>target out of range</source>
        <translation>um alvo está fora das classes</translation>
    </message>
    <message>
        <source>Can not infer total number of classes from empty tensor</source>
        <translation>de um tensor vazio não se sabe quantas classes há: dê num_classes</translation>
    </message>
    <message>
        <source>narrow(): length must be non-negative</source>
        <translation>seria tirado mais do que há no eixo</translation>
    </message>
    <message>
        <source>Unrecognised padding mode {mode}</source>
        <translation>não existe o modo {mode} de preencher</translation>
    </message>
    <message>
        <source>Given input with spatial size {input}, kernel_size={kernel}, dilation={dilation}, padding={padding}, calculated shape of the array of sliding blocks as {found}, but its components must be at least one</source>
        <translation>numa entrada de {input} não cabe uma janela de {kernel} (dilation={dilation}, padding={padding}): os blocos seriam {found}</translation>
    </message>
    <message>
        <source>Given output_size={output}, kernel_size={kernel}, dilation={dilation}, padding={padding}, stride={stride}, expected size of input's dimension {axis} to match the calculated number of sliding blocks {product} = {wanted}, but got input.size({axis})={found}</source>
        <translation>para output_size={output}, kernel_size={kernel}, dilation={dilation}, padding={padding}, stride={stride}, o eixo {axis} precisa de {wanted} blocos ({product}), e tem {found}</translation>
    </message>
    <message>
        <source>Input and output sizes should be greater than 0, but got input ({input}) output ({output})</source>
        <translation>entrada e saída têm de ter tamanhos maiores que 0: entrada ({input}), saída ({output})</translation>
    </message>
    <message>
        <source>Anti-alias option is restricted to {modes} modes and requires a 4-D tensor as input</source>
        <translation>antialias só existe nos modos {modes}, com um tensor de 4 eixos</translation>
    </message>
    <message>
        <source>grid_sampler(): expected grid and input to have same batch size, but got input with sizes [{input}] and grid with sizes [{grid}]</source>
        <translation>a grade e a entrada têm de ter o mesmo lote: entrada [{input}], grade [{grid}]</translation>
    </message>
    <message>
        <source>Expected a batch of 2D affine matrices of shape Nx2x3 for size {size}. Got {found}</source>
        <translation>para o tamanho {size} espera-se um lote de matrizes de forma N×2×3, e isto tem {found}</translation>
    </message>
    <message>
        <source>max_pool1d() Invalid computed output size: {size}</source>
        <translation>max_pool1d(): a janela é maior que a entrada (saída {size})</translation>
    </message>
    <message>
        <source>{name}: elements of output_size must be greater than or equal to 0 but received {found}</source>
        <translation>{name}: output_size não pode ser negativo: {found}</translation>
    </message>
    <message>
        <source>running_mean must be defined in evaluation mode</source>
        <translation>fora do treino (training=False) é preciso running_mean</translation>
    </message>
    <message>
        <source>Expected number of channels in input to be divisible by num_groups, but got input of shape [{shape}] and num_groups={n}</source>
        <translation>os canais da entrada [{shape}] não se dividem em {n} grupos</translation>
    </message>
    <message>
        <source>Given weight of size [{weight}], expected bias to be 1-dimensional with {wanted} elements, but got bias of size [{found}] instead</source>
        <translation>com um peso de [{weight}] o bias precisa de 1 eixo e {wanted} elementos, e tem [{found}]</translation>
    </message>
    <message>
        <source>Given groups={n}, expected weight to be divisible by {n} at dimension 0, but got weight of size [{weight}] instead</source>
        <translation>com groups={n}, o eixo 0 do peso tem de se dividir por {n}, e o peso tem {weight}</translation>
    </message>
    <message>
        <source>{name} expects {axis} to be divisible by downscale_factor, but input.size({place})={size} is not divisible by {factor}</source>
        <translation>{name}: a entrada tem {size} no eixo {place}, que não se divide por {factor}</translation>
    </message>
    <message>
        <source>{kind} has no attribute `{name}`</source>
        <translation>{kind} não tem '{name}'</translation>
    </message>
    <message>
        <source>`{name}` is not an nn.Parameter</source>
        <translation>'{name}' não é um parâmetro</translation>
    </message>
    <message>
        <source>`{name}` is not a buffer</source>
        <translation>'{name}' não é um buffer</translation>
    </message>
    <message>
        <source>training mode is expected to be boolean</source>
        <translation>o modo de treino é True ou False</translation>
    </message>
    <message>
        <source>vmap: Expected all tensors to have the same size in the mapped dimension, got sizes {sizes} for the mapped dimension</source>
        <translation>vmap: os tensores têm de ter o mesmo tamanho no eixo que se percorre, e têm {sizes}</translation>
    </message>
    <message>
        <source>vmap: It looks like you're calling .item() on a Tensor. We don't support vmap over calling .item() on a Tensor, please try to rewrite what you're doing with other operations. If error is occurring somewhere inside PyTorch internals, please file a bug report</source>
        <translation>dentro de vmap não há .item(): os valores são de muitos elementos ao mesmo tempo</translation>
    </message>
    <message>
        <source>grad_and_value(f)(*args): Expected f(*args) to return a Tensor, got {kind}</source>
        <translation>torch.func.grad precisa de uma função que devolve um tensor, e esta devolve {kind}</translation>
    </message>
    <message>
        <source>vjp(f, *primals): expected f(*primals) to return only tensors, got unsupported type {kind}</source>
        <translation>a função tem de devolver só tensores, e devolve {kind}</translation>
    </message>
    <message>
        <source>Either `probs` or `logits` must be specified, but not both</source>
        <translation>dê probs ou logits, e não os dois</translation>
    </message>
    <message>
        <source>Exactly one of covariance_matrix or precision_matrix or scale_tril may be specified</source>
        <translation>dê exatamente um de covariance_matrix, precision_matrix e scale_tril</translation>
    </message>
    <message>
        <source>No KL(p || q) is implemented for p type {one} and q type {other}</source>
        <translation>não há KL(p || q) de {one} para {other}</translation>
    </message>
    <message>
        <source>Only tensors with {least} or more dimensions are supported</source>
        <translation>só tensores de {least} ou mais eixos</translation>
    </message>
    <message>
        <source>Only tensors with {n_axes} dimensions are supported</source>
        <translation>só tensores de {n_axes} eixos</translation>
    </message>
    <message>
        <source>Mode {mode} not supported, please use one of {modes}</source>
        <translation>não existe o modo {mode}: {modes}</translation>
    </message>
    <message>
        <source>Unsupported nonlinearity {name}</source>
        <translation>não existe a não linearidade {name}</translation>
    </message>
    <message>
        <source>uniform_ expects to return a [from, to) range, but found from={begin} &gt; to={end}</source>
        <translation>o início do intervalo ({begin}) é maior que o fim ({end})</translation>
    </message>
    <message>
        <source>amount={amount} should either be a float in the range [0, 1] or a non-negative integer</source>
        <translation>amount={amount}: tem de ser uma fração de 0 a 1 ou um número inteiro que não é negativo</translation>
    </message>
    <message>
        <source>amount={amount} should be smaller than the number of parameters to prune={most}</source>
        <translation>amount={amount} tem de ser menor que o número de parâmetros, {most}</translation>
    </message>
    <message>
        <source>Parameter '{name}' of module {kind} has to be pruned before pruning can be removed</source>
        <translation>o parâmetro '{name}' de {kind} não foi podado</translation>
    </message>
    <message>
        <source>Module '{kind}' does not have a parameter, a buffer, or a parametrized element with name '{name}'</source>
        <translation>'{kind}' não tem um parâmetro ou buffer de nome '{name}'</translation>
    </message>
    <message>
        <source>only bool and floating types of {name} are supported</source>
        <translation>{name} tem de ser bool ou de ponto flutuante</translation>
    </message>
    <message>
        <source>For unbatched (2-D) `query`, expected `key` and `value` to be 2-D but found {key}-D and {value}-D tensors respectively</source>
        <translation>query tem 2 dimensões, isto é, não tem batch; key e value também devem ter 2, e têm {key} e {value}</translation>
    </message>
    <message>
        <source>For batched (3-D) `query`, expected `key` and `value` to be 3-D but found {key}-D and {value}-D tensors respectively</source>
        <translation>query tem 3 dimensões, uma delas o batch; key e value também devem ter 3, e têm {key} e {value}</translation>
    </message>
    <message>
        <source>For batched (3-D) `query`, expected `attn_mask` to be `None`, 2-D or 3-D but found {found}-D tensor instead</source>
        <translation>attn_mask deve ter 2 ou 3 dimensões, ou ser None, e tem {found}</translation>
    </message>
    <message>
        <source>For unbatched (2-D) `query`, expected `attn_mask` to be `None`, 2-D or 3-D but found {found}-D tensor instead</source>
        <translation>attn_mask deve ter 2 ou 3 dimensões, ou ser None, e tem {found}</translation>
    </message>
    <message>
        <source>For batched (3-D) `query`, expected `key_padding_mask` to be `None` or 2-D but found {found}-D tensor instead</source>
        <translation>key_padding_mask deve ter 2 dimensões (batch, posição), ou ser None, e tem {found}</translation>
    </message>
    <message>
        <source>For unbatched (2-D) `query`, expected `key_padding_mask` to be `None` or 1-D but found {found}-D tensor instead</source>
        <translation>key_padding_mask deve ter 1 dimensão (posição), ou ser None, e tem {found}</translation>
    </message>
    <message>
        <source>embed_dim and num_heads must be greater than 0, got embed_dim={dim} and num_heads={heads} instead</source>
        <translation>embed_dim e num_heads têm de ser maiores que 0, e são {dim} e {heads}</translation>
    </message>
    <message>
        <source>Expected attn_mask dtype to be bool or float or to match query dtype, but got attn_mask.dtype: {mask} and  query.dtype: {query} instead</source>
        <translation>attn_mask tem de ser bool, float ou do dtype de query; attn_mask é {mask}, e query é {query}</translation>
    </message>
    <message>
        <source>Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: {query} key.dim: {key} and value.dim: {value} instead</source>
        <translation>query, key e value precisam de ao menos 2 dimensões, e têm {query}, {key} e {value}</translation>
    </message>
    <message>
        <source>cannot assign buffer before Module.__init__() call</source>
        <translation>um buffer só pode ser registrado depois de super().__init__()</translation>
    </message>
    <message>
        <source>masked_fill_ only supports a 0-dimensional value tensor, but got tensor with {n} dimension(s)</source>
        <translation>masked_fill_ escreve um só valor: um número ou um tensor sem dimensões; este tem {n} dimensões</translation>
    </message>
    <message>
        <source>torch.finfo() requires a floating point input type. Use torch.iinfo to handle '{name}'</source>
        <translation>torch.finfo() fala de dtypes de ponto flutuante; dos inteiros fala torch.iinfo()</translation>
    </message>
    <message>
        <source>torch.iinfo() requires an integer input type. Use torch.finfo to handle '{name}'</source>
        <translation>torch.iinfo() fala de dtypes inteiros; dos de ponto flutuante fala torch.finfo()</translation>
    </message>
    <message>
        <source>offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from position 0. However, got {found}</source>
        <translation>offsets[0] tem de ser 0, pois a primeira sequência começa na posição 0; é {found}</translation>
    </message>
    <message>
        <source>{name}: output_size must be {n}</source>
        <translation>{name}: output_size precisa de {n} números</translation>
    </message>
    <message>
        <source>Expected {name} to have value at most {most}, but got value {found} (while checking arguments for {function})</source>
        <translation>{name} pode ser no máximo {most}, e tem {found} ({function})</translation>
    </message>
    <message>
        <source>{name} : All input tensors should have same dimension but got sizes: input1: torch.Size({first}), input2: torch.Size({second}), target: torch.Size({target})</source>
        <translation>{name}: as entradas e o alvo precisam de tantas dimensões uns quanto os outros; input1 tem a forma {first}, input2 {second} e target {target}</translation>
    </message>
    <message>
        <source>example_kwarg_inputs should be a dict</source>
        <translation>example_kwarg_inputs deve ser um dict, ou example_inputs precisa ser dado</translation>
    </message>
    <message>
        <source>vmap({name}, in_dims={dims}, ...)(&lt;inputs&gt;): Got in_dim={dim} for some input, but that input is a Tensor of dimensionality {n} so expected in_dim to satisfy {bounds}</source>
        <translation>vmap({name}, in_dims={dims}): in_dim={dim} não cabe em uma entrada de {n} dimensões; deve valer {bounds}</translation>
    </message>
    <message>
        <source>vmap: called random operation while in randomness error mode. Please either use the 'same' or 'different' randomness flags on vmap or perform the randomness operation out of vmap</source>
        <translation>vmap não sabe se o acaso deve ser igual em todos: dê randomness='same' ou randomness='different', ou sorteie fora de vmap</translation>
    </message>
    <message>
        <source>The cross KL-divergence between different exponential families cannot                             be computed using Bregman divergences</source>
        <translation>a divergência KL entre famílias exponenciais diferentes não se calcula por divergências de Bregman</translation>
    </message>
    <message>
        <source>gradcheck expects at least one input tensor to require gradient, but none of them have requires_grad=True</source>
        <translation>gradcheck precisa de ao menos uma entrada com requires_grad=True</translation>
    </message>
</context>
</TS>
