<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_training_words</name>
    <message>
        <source>params argument given to the optimizer should be an iterable of Tensors or dicts, but got {kind}</source>
        <translation>um otimizador recebe uma lista de tensores ou de dicts, p. ex. model.parameters(), e isto é {kind}</translation>
    </message>
    <message>
        <source>optimizer can only optimize Tensors, but one of the params is {kind}</source>
        <translation>um otimizador só muda tensores, e um dos parâmetros é {kind}</translation>
    </message>
    <message>
        <source>Invalid {name} value: {found}</source>
        <translation>{name} inválido: {found}</translation>
    </message>
    <message>
        <source>Nesterov momentum requires a momentum and zero dampening</source>
        <translation>nesterov=True precisa de um momentum maior que 0, e de dampening=0</translation>
    </message>
    <message>
        <source>some parameters appear in more than one parameter group</source>
        <translation>há um parâmetro que está em mais de um grupo</translation>
    </message>
    <message>
        <source>Invalid beta parameter at index {place}: {found}</source>
        <translation>betas[{place}] inválido: {found}; tem de ser ao menos 0 e menor que 1</translation>
    </message>
    <message>
        <source>loaded state dict contains a parameter group that doesn't match the size of optimizer's group</source>
        <translation>o state_dict tem um grupo com outro número de parâmetros que o do otimizador</translation>
    </message>
    <message>
        <source>loaded state dict has a different number of parameter groups</source>
        <translation>o state_dict tem outro número de grupos de parâmetros que o otimizador</translation>
    </message>
    <message>
        <source>{kind} is not an Optimizer</source>
        <translation>{kind} não é um otimizador</translation>
    </message>
    <message>
        <source>You must define either total_steps OR (epochs AND steps_per_epoch)</source>
        <translation>falta total_steps, ou epochs e steps_per_epoch</translation>
    </message>
    <message>
        <source>mode {mode} is unknown!</source>
        <translation>o modo {mode} não existe</translation>
    </message>
    <message>
        <source>Expected {wanted} lr_lambdas, but got {found}</source>
        <translation>lr_lambda: é preciso uma função para cada grupo (grupos: {wanted}, funções: {found})</translation>
    </message>
    <message>
        <source>Tried to step {found} times. The specified number of total steps is {wanted}</source>
        <translation>step() foi chamado {found} vezes, e o cronograma tem {wanted} passos ao todo</translation>
    </message>
    <message>
        <source>The total norm of order {order} for gradients from `parameters` is non-finite, so it cannot be clipped. To disable this error and scale the gradients by the non-finite norm anyway, set `error_if_nonfinite=False`</source>
        <translation>a norma de ordem {order} de todos os gradientes não é finita, e por isso não pode ser limitada</translation>
    </message>
    <message>
        <source>num_samples should be a positive integer value, but got num_samples={found}</source>
        <translation>num_samples tem de ser um inteiro positivo, e é {found}: não há exemplos para sortear</translation>
    </message>
    <message>
        <source>num_workers option should be non-negative; use num_workers=0 to disable multiprocessing</source>
        <translation>num_workers não pode ser negativo; com 0 não há outros processos</translation>
    </message>
    <message>
        <source>sampler option is mutually exclusive with shuffle</source>
        <translation>sampler e shuffle=True não andam juntos: o sampler já diz a ordem</translation>
    </message>
    <message>
        <source>batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last</source>
        <translation>batch_sampler não anda junto com batch_size, shuffle, sampler nem drop_last</translation>
    </message>
    <message>
        <source>batch_size=None option disables auto-batching and is mutually exclusive with drop_last</source>
        <translation>com batch_size=None não se fazem lotes, e drop_last não tem o que descartar</translation>
    </message>
    <message>
        <source>timeout option should be non-negative</source>
        <translation>timeout não pode ser negativo</translation>
    </message>
    <message>
        <source>prefetch_factor option could only be specified in multiprocessing.let num_workers &gt; 0 to enable multiprocessing, otherwise set prefetch_factor to None</source>
        <translation>prefetch_factor só existe com num_workers maior que 0</translation>
    </message>
    <message>
        <source>persistent_workers option needs num_workers &gt; 0</source>
        <translation>persistent_workers precisa de num_workers maior que 0</translation>
    </message>
    <message>
        <source>default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found {kind}</source>
        <translation>um lote é feito de tensores, arrays do numpy, números, dicts ou listas, e aqui há {kind}: converta-o em __getitem__, ou dê um collate_fn</translation>
    </message>
    <message>
        <source>each element in list of batch should be of equal size</source>
        <translation>os exemplos de um lote têm de ter o mesmo número de elementos</translation>
    </message>
    <message>
        <source>Subclasses of Dataset should implement __getitem__</source>
        <translation>um Dataset precisa da função __getitem__</translation>
    </message>
    <message>
        <source>DataLoader with IterableDataset: expected unspecified {name} option, but got {name}={found}</source>
        <translation>com um IterableDataset o DataLoader não tem {name}, e recebeu {name}={found}: a ordem é a que o dataset dá</translation>
    </message>
    <message>
        <source>Size mismatch between tensors</source>
        <translation>os tensores têm de ter o mesmo tamanho no eixo 0</translation>
    </message>
    <message>
        <source>Sum of input lengths does not equal the length of the input dataset!</source>
        <translation>a soma dos tamanhos das partes não é o tamanho do dataset</translation>
    </message>
    <message>
        <source>datasets should not be an empty iterable</source>
        <translation>a lista de datasets está vazia</translation>
    </message>
    <message>
        <source>Ran out of input</source>
        <translation>o arquivo acabou antes do fim: está vazio, ou não foi escrito até o fim</translation>
    </message>
    <message>
        <source>cannot pickle '{kind}' object</source>
        <translation>um objeto '{kind}' não pode ser salvo com pickle</translation>
    </message>
    <message>
        <source>Expecting {wanted}: line {line} column {column} (char {place})</source>
        <translation>isto não é JSON: espera-se {wanted} na linha {line}, coluna {column} (posição {place})</translation>
    </message>
    <message>
        <source>Expected parameter {name} ({kind} of shape {shape}) of distribution {found} to satisfy the constraint {wanted}, but found invalid values:
{values}</source>
        <translation>o parâmetro {name} da distribuição {found} tem de cumprir {wanted}, e há valores que não cumprem:
{values}</translation>
    </message>
    <message>
        <source>expected torch.Tensor, but got: {kind}</source>
        <translation>espera-se um tensor, e isto é {kind}</translation>
    </message>
    <message>
        <source>received an empty list of sequences</source>
        <translation>a lista de sequências está vazia</translation>
    </message>
    <message>
        <source>Expected `len(lengths)` to be equal to batch_size, but got {found} (batch_size={wanted})</source>
        <translation>tem de haver um comprimento para cada sequência do lote, que tem {wanted}, e há {found}</translation>
    </message>
    <message>
        <source>Tensor lr must be 1-element</source>
        <translation>lr como tensor tem de ter um só elemento</translation>
    </message>
    <message>
        <source>Invalid eta values: {one}, {other}</source>
        <translation>valores inválidos de etas: {one}, {other}</translation>
    </message>
    <message>
        <source>LBFGS doesn't support per-parameter options (parameter groups)</source>
        <translation>LBFGS não tem grupos de parâmetros</translation>
    </message>
    <message>
        <source>Muon only supports 2D parameters whereas we found a parameter with size: {size}</source>
        <translation>Muon só serve para parâmetros de 2 eixos, e um tem {size}</translation>
    </message>
    <message>
        <source>param_group must be a dict, but got {kind}</source>
        <translation>um grupo de parâmetros é um dicionário, e isto é {kind}</translation>
    </message>
    <message>
        <source>mode is invalid and scale_fn is None</source>
        <translation>não existe este mode, e scale_fn não foi dado</translation>
    </message>
    <message>
        <source>Expected float between 0 and 1 pct_start, but got {found}</source>
        <translation>pct_start vai de 0 a 1, e é {found}</translation>
    </message>
    <message>
        <source>Expected positive integer {name}, but got {found}</source>
        <translation>{name} tem de ser um número inteiro positivo, e é {found}</translation>
    </message>
    <message>
        <source>Factor should be &lt; 1.0</source>
        <translation>factor tem de ser menor que 1</translation>
    </message>
    <message>
        <source>threshold mode {mode} is unknown!</source>
        <translation>não existe threshold_mode {mode}</translation>
    </message>
    <message>
        <source>Starting multiplicative factor expected to be greater than 0 and less or equal to 1</source>
        <translation>start_factor tem de ser maior que 0 e no máximo 1</translation>
    </message>
    <message>
        <source>Constant multiplicative factor expected to be between 0 and 1</source>
        <translation>factor vai de 0 a 1</translation>
    </message>
    <message>
        <source>{name} expects at least one scheduler to be chained, but got no scheduler</source>
        <translation>{name} precisa de ao menos um agendador</translation>
    </message>
    <message>
        <source>{name} expects at least one scheduler, but got no scheduler</source>
        <translation>{name} precisa de ao menos um agendador</translation>
    </message>
    <message>
        <source>multiprocessing_context option should specify a valid start method in {names}, but got multiprocessing_context={name}</source>
        <translation>não existe multiprocessing_context={name}: {names}</translation>
    </message>
    <message>
        <source>drop_last should be a boolean value, but got drop_last={found}</source>
        <translation>drop_last é True ou False, e isto é {found}</translation>
    </message>
    <message>
        <source>replacement should be a boolean value, but got replacement={found}</source>
        <translation>replacement é True ou False, e isto é {found}</translation>
    </message>
    <message>
        <source>weights should be a 1d sequence but given weights have shape {shape}</source>
        <translation>os pesos têm de ser uma sequência de 1 eixo, e têm a forma {shape}</translation>
    </message>
    <message>
        <source>Size mismatch between datasets</source>
        <translation>os conjuntos de dados têm tamanhos diferentes</translation>
    </message>
    <message>
        <source>At least one dataset should be passed</source>
        <translation>espera-se ao menos um conjunto de dados</translation>
    </message>
    <message>
        <source>'{kind}' object has no attribute 'seek'. You can only torch.load from a file that is seekable. Please pre-load the data into a buffer like io.BytesIO and try to load from it instead</source>
        <translation>torch.load lê um arquivo ou um io.BytesIO, e isto é '{kind}'</translation>
    </message>
    <message>
        <source>expected 'f' to be string, path, or a file-like object with a 'write' attribute</source>
        <translation>torch.save escreve num caminho ou num arquivo aberto para escrever</translation>
    </message>
    <message>
        <source>Unknown encoding {name}.
Plugins found: {found}
tiktoken version: {version} (are you on latest?)</source>
        <translation>não existe a codificação {name} (tiktoken {version})</translation>
    </message>
    <message>
        <source>Expected a string in get_encoding, got {kind}</source>
        <translation>get_encoding espera um texto, e isto é {kind}</translation>
    </message>
    <message>
        <source>multiprocessing_context can only be used with multi-process loading (num_workers &gt; 0), but got num_workers={n}</source>
        <translation>multiprocessing_context só tem efeito com processos que carregam (num_workers &gt; 0), e num_workers é {n}</translation>
    </message>
    <message>
        <source>absolute value of index should not exceed dataset length</source>
        <translation>o índice negativo vai além do começo dos dados</translation>
    </message>
    <message>
        <source>{name} attribute should not be set after {kind} is initialized</source>
        <translation>{name} não pode mudar depois que {kind} está feito; faça outro</translation>
    </message>
    <message>
        <source>Default process group has not been initialized, please make sure to call init_process_group</source>
        <translation>não há grupo de processos: torch.distributed precisa antes de init_process_group()</translation>
    </message>
    <message>
        <source>Error initializing torch.distributed using {scheme} rendezvous: environment variable {name} expected, but not set</source>
        <translation>init_process_group() não encontra a variável de ambiente {name}, que torchrun põe em cada processo ({scheme})</translation>
    </message>
    <message>
        <source>Process group cannot be None</source>
        <translation>não há grupo de processos</translation>
    </message>
    <message>
        <source>Invalid rank {rank}, rank should be in the interval [0, {last}]</source>
        <translation>rank {rank} não existe; os processos vão de 0 a {last}</translation>
    </message>
    <message>
        <source>A callable function is expected, but {kind} is provided</source>
        <translation>isto precisa de uma função ou de um módulo, e recebeu {kind}</translation>
    </message>
    <message>
        <source>Unrecognized mode={mode}, should be one of: {modes}</source>
        <translation>não há o modo {mode}; os modos são {modes}</translation>
    </message>
    <message>
        <source>Either mode or options can be specified, but both can't be specified at the same time</source>
        <translation>torch.compile recebe mode ou options, não os dois</translation>
    </message>
    <message>
        <source>Unexpected optimization option {name}, known options are {names}</source>
        <translation>torch.compile não tem a opção {name}; as opções são {names}</translation>
    </message>
    <message>
        <source>Invalid backend: {name}, see `torch._dynamo.list_backends()` for available backends</source>
        <translation>torch.compile não tem o backend {name}; torch._dynamo.list_backends() os enumera</translation>
    </message>
    <message>
        <source>Expected `device_type` of type `str`, got: `{kind}`</source>
        <translation>device_type deve ser um texto, como "cuda" ou "cpu", e é {kind}</translation>
    </message>
    <message>
        <source>Attempted {name} but _scale is None.  This may indicate your script did not use scaler.scale(loss or outputs) earlier in the iteration</source>
        <translation>{name} antes de haver uma escala: nesta iteração falta scaler.scale(loss).backward()</translation>
    </message>
    <message>
        <source>The growth factor must be &gt; 1.0</source>
        <translation>growth_factor tem de ser maior que 1</translation>
    </message>
    <message>
        <source>The backoff factor must be &lt; 1.0</source>
        <translation>backoff_factor tem de ser menor que 1</translation>
    </message>
    <message>
        <source>unscale_() has already been called on this optimizer since the last update()</source>
        <translation>unscale_() já foi chamado para este otimizador desde o último update()</translation>
    </message>
    <message>
        <source>step() has already been called since the last update()</source>
        <translation>step() já foi chamado desde o último update(); chame scaler.update() no fim de cada iteração</translation>
    </message>
    <message>
        <source>No inf checks were recorded for this optimizer</source>
        <translation>nenhum parâmetro deste otimizador recebeu um gradiente de uma perda escalada; falta scaler.scale(loss).backward()</translation>
    </message>
    <message>
        <source>Can't get source for {what}. TorchScript requires source access in order to carry out compilation, make sure original .py files are available</source>
        <translation>não se encontra o texto de {what}, de que TorchScript precisa; ele tem de estar num arquivo .py</translation>
    </message>
    <message>
        <source>Sequential Schedulers expects number of schedulers provided to be one more than the number of milestone points, but got number of schedulers {n_schedulers} and the number of milestones to be equal to {n_milestones}</source>
        <translation>SequentialLR precisa de um scheduler a mais que milestones; recebeu {n_schedulers} schedulers e {n_milestones} milestones</translation>
    </message>
    <message>
        <source>Cannot get CUDA generator without ATen_cuda library. {advice}</source>
        <translation>este PyTorch não tem CUDA: não há gerador de números para ela</translation>
    </message>
    <message>
        <source>PyTorch is not linked with support for {device} devices</source>
        <translation>este PyTorch não conhece dispositivos {device}</translation>
    </message>
    <message>
        <source>Cannot access accelerator device when none is available</source>
        <translation>esta máquina não tem acelerador</translation>
    </message>
</context>
</TS>
