<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_runs</name>
    <message id="words.all_the_same">
        <source> --ignore-memory trains all the same.</source>
        <translation> --ignore-memory treina assim mesmo.</translation>
    </message>
    <message id="words.older_encoding">
        <source> Is it in an older encoding, as Latin-1 or Windows-1252? Save it as UTF-8.</source>
        <translation> Está em uma codificação mais antiga, como Latin-1 ou Windows-1252? Salve-o como UTF-8.</translation>
    </message>
    <message id="words.is_meant">
        <source> Is {key} meant?</source>
        <translation> Seria {key}?</translation>
    </message>
    <message id="words.cut_character">
        <source> The file ends inside of its last character: it was cut there.</source>
        <translation> O arquivo termina no meio do seu último caractere: foi cortado ali.</translation>
    </message>
    <message id="words.damaged_byte">
        <source> What is around it is UTF-8: this byte is damaged.</source>
        <translation> O que está em volta é UTF-8: este byte está danificado.</translation>
    </message>
    <message id="words.at_step">
        <source> at step {step:,}</source>
        <translation> no passo {step:,}</translation>
    </message>
    <message id="fits.at_one">
        <source> with batch_size 1</source>
        <translation> com batch_size 1</translation>
    </message>
    <message id="arguments.not_with_resume">
        <source>--resume goes on with the run as it was begun; {flag} belongs to a new run.</source>
        <translation>--resume continua a execução como ela começou; {flag} pertence a uma execução nova.</translation>
    </message>
    <message id="fits.preset">
        <source>; the largest preset that does is {name}</source>
        <translation>; a maior predefinição que cabe é {name}</translation>
    </message>
    <message id="checkpoint.gone">
        <source>{name} is gone: its run keeps the newest checkpoints and the best.</source>
        <translation>{name} não existe mais: a execução guarda os checkpoints mais recentes e o melhor.</translation>
    </message>
    <message id="checkpoint.none_validated">
        <source>No checkpoint of {run} was validated, so none is known to be the best.</source>
        <translation>Nenhum checkpoint de {run} foi validado, então não se sabe qual é o melhor.</translation>
    </message>
    <message id="changes.not_written">
        <source>Nothing was changed: {file} could not be written: {reason}.</source>
        <translation>Nada foi mudado: {file} não pôde ser gravado: {reason}.</translation>
    </message>
    <message id="branch.not_written">
        <source>The branch could not be written: {reason}.</source>
        <translation>O ramo não pôde ser gravado: {reason}.</translation>
    </message>
    <message id="pasted.no_plain_values_on_line">
        <source>The configuration could not be read at its line {line}: it is not a dictionary of plain values.</source>
        <translation>A configuração não pôde ser lida na linha {line}: não é um dicionário de valores simples.</translation>
    </message>
    <message id="pasted.no_plain_values">
        <source>The configuration could not be read: it is not a dictionary of plain values.</source>
        <translation>A configuração não pôde ser lida: não é um dicionário de valores simples.</translation>
    </message>
    <message id="pasted.no_dictionary">
        <source>The configuration could not be read: it is not a dictionary.</source>
        <translation>A configuração não pôde ser lida: não é um dicionário.</translation>
    </message>
    <message id="pasted.unknown_keys">
        <source>The configuration has a key that is not known: {keys}.{hint}</source>
        <translation>A configuração tem uma chave desconhecida: {keys}.{hint}</translation>
    </message>
    <message id="pasted.wrong_kind">
        <source>The configuration has a value of the wrong kind: {reason}.</source>
        <translation>A configuração tem um valor do tipo errado: {reason}.</translation>
    </message>
    <message id="weights.unknown_characters">
        <source>The corpus has {n:,} characters that the weights in {folder} do not know, such as {example!r}.</source>
        <translation>O corpus tem {n:,} caracteres que os pesos em {folder} não conhecem, como {example!r}.</translation>
    </message>
    <message id="corpus.shorter_than_context">
        <source>The corpus has {n_bytes:,} bytes, fewer than the context of {context_length:,} tokens needs: {longest}.</source>
        <translation>O corpus tem {n_bytes:,} bytes, menos do que precisa o contexto de {context_length:,} tokens: {longest}.</translation>
    </message>
    <message id="config.one_character">
        <source>The corpus is one character, again and again: there is nothing to learn, and the loss is 0.</source>
        <translation>O corpus é um só caractere, repetido: não há nada a aprender, e a perda é 0.</translation>
    </message>
    <message id="runs.not_listed">
        <source>The folder of runs {folder} cannot be read: {reason}.</source>
        <translation>A pasta das execuções {folder} não pode ser lida: {reason}.</translation>
    </message>
    <message id="corpus.no_text_file">
        <source>The folder {corpus} holds no text file.</source>
        <translation>A pasta {corpus} não tem nenhum arquivo de texto.</translation>
    </message>
    <message id="run.name_too_long">
        <source>The name of a run has at most {most} characters, not {given:,}.</source>
        <translation>O nome de uma execução tem no máximo {most} caracteres, não {given:,}.</translation>
    </message>
    <message id="run.name_not_printable">
        <source>The name of a run holds a character that cannot be shown.</source>
        <translation>O nome de uma execução contém um caractere que não pode ser mostrado.</translation>
    </message>
    <message id="prompt.not_in_alphabet">
        <source>The prompt has {characters}, not in the corpus of the model, and so without a token.</source>
        <translation>O prompt tem {characters}, fora do corpus do modelo e, por isso, sem token.</translation>
    </message>
    <message id="prompt.too_long">
        <source>The prompt has {n:,} characters; at most {most:,} are read.</source>
        <translation>O prompt tem {n:,} caracteres; no máximo {most:,} são lidos.</translation>
    </message>
    <message id="prompt.empty">
        <source>The prompt is empty: type what the model shall go on from.</source>
        <translation>O prompt está vazio: digite o texto a partir do qual o modelo deve continuar.</translation>
    </message>
    <message id="prompt.no_text">
        <source>The prompt is no text: its bytes are not UTF-8.</source>
        <translation>O prompt não é texto: os bytes dele não são UTF-8.</translation>
    </message>
    <message id="changes.not_read">
        <source>The run cannot go on: {file} of its folder, what was changed of it, is damaged or foreign.</source>
        <translation>A execução não pode continuar: {file} da pasta dela, com o que foi mudado, está danificado ou não é deste programa.</translation>
    </message>
    <message id="run.no_room">
        <source>The run needs about {needed} for its checkpoints and tokens, and {folder} has {free} free.</source>
        <translation>A execução precisa de cerca de {needed} para checkpoints e tokens, e {folder} tem {free} livres.</translation>
    </message>
    <message id="training.memory_too_little">
        <source>The run needs about {needed} of memory, and {place} has {total}: {words}.{hint}</source>
        <translation>A execução precisa de cerca de {needed} de memória, e {place} tem {total}: {words}.{hint}</translation>
    </message>
    <message id="memory.scarce">
        <source>The run needs about {needed} of memory; of the {total} that {place} has, {free} are free now: {words}.</source>
        <translation>A execução precisa de cerca de {needed} de memória; dos {total} que {place} tem, {free} estão livres agora: {words}.</translation>
    </message>
    <message id="prompt.run_not_trained">
        <source>The run {run} is not being trained: ask one of its checkpoints.</source>
        <translation>A execução {run} não está sendo treinada: pergunte a um dos seus checkpoints.</translation>
    </message>
    <message id="run.not_trained">
        <source>The run {run} is not being trained; visualizer train --resume goes on with it, with the same options.</source>
        <translation>A execução {run} não está sendo treinada; visualizer train --resume a continua, com as mesmas opções.</translation>
    </message>
    <message id="run.still_trained">
        <source>The run {run} is still being trained by process {pid}.</source>
        <translation>A execução {run} ainda está sendo treinada pelo processo {pid}.</translation>
    </message>
    <message id="run.status_lost">
        <source>The status of this run is lost; Resume goes on with it.</source>
        <translation>O estado desta execução se perdeu; Retomar a continua.</translation>
    </message>
    <message id="run.status_changed">
        <source>The status of this run is not as it was written; Resume goes on with it.</source>
        <translation>O estado desta execução não está como foi gravado; Retomar a continua.</translation>
    </message>
    <message id="run.status_derived">
        <source>The status of this run was damaged; Resume goes on with it.</source>
        <translation>O estado desta execução estava danificado; Retomar a continua.</translation>
    </message>
    <message id="weights.other_tokenizer_chosen">
        <source>The tokenizer is {given!r}; the weights in {folder} have learnt with {theirs!r}.</source>
        <translation>O tokenizador é {given!r}; os pesos em {folder} aprenderam com {theirs!r}.</translation>
    </message>
    <message id="prompt.no_answer">
        <source>The trainer of {run} does not answer: {reason}.</source>
        <translation>O treinador de {run} não responde: {reason}.</translation>
    </message>
    <message id="trainer.no_answer">
        <source>The trainer of {run} does not answer: {reason}.</source>
        <translation>O treinador de {run} não responde: {reason}.</translation>
    </message>
    <message id="trainer.deaf">
        <source>{error} Another Stop ends its process {pid}: what came after its checkpoint of step {step:,} is lost.</source>
        <translation>{error} Outro Parar encerra o processo {pid} dele: o que veio depois do checkpoint do passo {step:,} se perde.</translation>
    </message>
    <message id="pasted.not_closed">
        <source>The {{ on line {line} is never closed: a }} or a quotation mark is missing.</source>
        <translation>O {{ da linha {line} nunca é fechado: falta um }} ou uma aspa.</translation>
    </message>
    <message id="corpus.missing">
        <source>There is no corpus at {corpus}: choose a text file or a folder of text files.</source>
        <translation>Não há corpus em {corpus}: escolha um arquivo de texto ou uma pasta de arquivos de texto.</translation>
    </message>
    <message id="weights.no_folder">
        <source>There is no folder {path}.</source>
        <translation>Não existe a pasta {path}.</translation>
    </message>
    <message id="config.no_such_tokenizer">
        <source>There is no tokenizer {given!r}; choose one of {known}.</source>
        <translation>Não existe o tokenizador {given!r}; escolha um destes: {known}.</translation>
    </message>
    <message id="pasted.no_configuration">
        <source>This text holds no configuration: a `{{` with the keys and a closing `}}` are needed, or lines as in n_layers = 12.</source>
        <translation>Este texto não contém configuração: é preciso um `{{` com as chaves e um `}}` que o feche, ou linhas como n_layers = 12.</translation>
    </message>
    <message id="pasted.several">
        <source>This text holds {n} configurations: {names}. Leave one of them.</source>
        <translation>Este texto contém {n} configurações: {names}. Deixe só uma delas.</translation>
    </message>
    <message id="words.of_digits">
        <source>a number of {n} digits</source>
        <translation>um número de {n} dígitos</translation>
    </message>
    <message id="allowed.number">
        <source>a number {range}</source>
        <translation>um número, {range}</translation>
    </message>
    <message id="allowed.whole">
        <source>a whole number from {low:,} to {high:,}</source>
        <translation>um número inteiro de {low:,} a {high:,}</translation>
    </message>
    <message id="allowed.above">
        <source>above {low:,} and at most {high:,}</source>
        <translation>maior que {low:,} e no máximo {high:,}</translation>
    </message>
    <message id="allowed.between">
        <source>at least {low:,} and at most {high:,}</source>
        <translation>no mínimo {low:,} e no máximo {high:,}</translation>
    </message>
    <message id="allowed.below">
        <source>at least {low:,} and below {high:,}</source>
        <translation>no mínimo {low:,} e menor que {high:,}</translation>
    </message>
    <message id="fits.batch">
        <source>batch_size {size:,} fits, and as many tokens a step with grad_accumulation {n:,}</source>
        <translation>batch_size {size:,} cabe, e com grad_accumulation {n:,} são os mesmos tokens por passo</translation>
    </message>
    <message id="words.longest_context">
        <source>context_length {longest:,} is the longest</source>
        <translation>context_length {longest:,} é o maior possível</translation>
    </message>
    <message id="words.from_step">
        <source>from step {step:,} on {settings}</source>
        <translation>a partir do passo {step:,} {settings!s}</translation>
    </message>
    <message id="prompt.ended_first">
        <source>it ended before its answer did</source>
        <translation>ele terminou antes da sua resposta</translation>
    </message>
    <message id="words.more_text">
        <source>it needs more text</source>
        <translation>é preciso mais texto</translation>
    </message>
    <message id="fits.nothing">
        <source>its sizes stay as they are</source>
        <translation>os tamanhos dela ficam como estão</translation>
    </message>
    <message id="changes.steps_behind">
        <source>max_steps {max_steps:,} lies behind the {step:,} steps that are made.</source>
        <translation>max_steps {max_steps:,} fica atrás dos {step:,} passos já feitos.</translation>
    </message>
    <message id="config.least_rate_too_high">
        <source>min_learning_rate {value} is above learning_rate {peak}, which then never falls.</source>
        <translation>min_learning_rate {value} está acima de learning_rate {peak}, que então nunca cai.</translation>
    </message>
    <message id="config.schedule_nearly_over">
        <source>Trains at {rate} at most, not at {peak}: the cosine of the rate ends at step {horizon:,}. More max_steps, and decay_steps as many, leave more of it.</source>
        <translation>Treina com no máximo {rate}, não com {peak}: o cosseno da taxa termina no passo {horizon:,}. Mais max_steps, e igual número em decay_steps, deixam mais dele.</translation>
    </message>
    <message id="config.schedule_over">
        <source>Trains at {rate} at most, not at {peak}: the cosine of the rate ends at step {horizon:,} (decay_steps). With decay_steps {max_steps:,} it begins at {other} and falls to the last step.</source>
        <translation>Treina com no máximo {rate}, não com {peak}: o cosseno da taxa termina no passo {horizon:,} (decay_steps). Com decay_steps {max_steps:,} ela começa em {other} e cai até o último passo.</translation>
    </message>
    <message id="config.width_not_divided">
        <source>n_heads {n_heads} does not divide emb_dim {emb_dim}, so the width cannot be shared out. {near} would.</source>
        <translation>n_heads {n_heads} não divide emb_dim {emb_dim}, então a largura não pode ser repartida. Dividiriam: {near}.</translation>
    </message>
    <message id="trainer.too_late">
        <source>no answer came in time</source>
        <translation>nenhuma resposta chegou a tempo</translation>
    </message>
    <message id="trainer.does_not_listen">
        <source>nobody listens at its socket</source>
        <translation>ninguém escuta em seu socket</translation>
    </message>
    <message id="words.none">
        <source>none</source>
        <translation>nenhum</translation>
    </message>
    <message id="fits.none">
        <source>none of this size fits{preset}</source>
        <translation>nenhum deste tamanho cabe{preset}</translation>
    </message>
    <message id="config.prompt_not_in_alphabet">
        <source>sample_prompt has {characters}, not in the corpus, and so without a token.</source>
        <translation>sample_prompt tem {characters}, fora do corpus e, por isso, sem token.</translation>
    </message>
    <message id="words.nothing_changed">
        <source>that nothing was changed</source>
        <translation>que nada foi mudado</translation>
    </message>
    <message id="words.container">
        <source>the container that it would run in</source>
        <translation>o contêiner em que ela seria executada</translation>
    </message>
    <message id="words.the_card">
        <source>the {name}</source>
        <translation>a {name}</translation>
    </message>
    <message id="words.this_machine">
        <source>this machine</source>
        <translation>esta máquina</translation>
    </message>
    <message id="config.vocabulary_too_large">
        <source>vocab_size {value:,} is far more than the {known:,} tokens there are: the other {n_rows:,} are never seen, but {n_wasted:,} of the {n_parameters:,} parameters are theirs. {known:,} is enough; {padded:,} is its next multiple of 64.</source>
        <translation>vocab_size {value:,} é muito mais que os {known:,} tokens que há: os outros {n_rows:,} nunca são vistos, mas {n_wasted:,} dos {n_parameters:,} parâmetros são deles. {known:,} bastam; {padded:,} é o próximo múltiplo de 64.</translation>
    </message>
    <message id="config.smaller_than_alphabet">
        <source>vocab_size {value:,} is smaller than the {least:,} different characters of the corpus.</source>
        <translation>vocab_size {value:,} é menor que os {least:,} caracteres diferentes do corpus.</translation>
    </message>
    <message id="config.smaller_than_tokenizer">
        <source>vocab_size {value:,} is smaller than the {least:,} tokens of the tokenizer {tokenizer!r}.</source>
        <translation>vocab_size {value:,} é menor que os {least:,} tokens do tokenizador {tokenizer!r}.</translation>
    </message>
    <message id="config.no_room_for_milestones">
        <source>keep_gb {value} has no room for what keep_every {every:,} keeps: a checkpoint takes about {one}, and the newest two and the best stay whatever they take. From {least} on there is room for one more.</source>
        <translation>keep_gb {value} não tem espaço para o que keep_every {every:,} guarda: um checkpoint ocupa cerca de {one}, e os dois mais novos e o melhor ficam, ocupem o que ocuparem. A partir de {least} há espaço para mais um.</translation>
    </message>
    <message id="config.warm_up_too_long">
        <source>warmup_steps {value:,} is no less than max_steps {max_steps:,}: the learning rate rises to the end.</source>
        <translation>warmup_steps {value:,} não é menor que max_steps {max_steps:,}: a taxa de aprendizado sobe até o fim.</translation>
    </message>
    <message id="changes.not_changeable">
        <source>{field} belongs to the run as it was begun; these can change: {known}.</source>
        <translation>{field} pertence à execução como ela começou; estes podem mudar: {known}.</translation>
    </message>
    <message id="config.group_or_decimals">
        <source>{field} could mean {whole} or {decimals}: write one of these.</source>
        <translation>{field} pode ser {whole} ou {decimals}: escreva um dos dois.</translation>
    </message>
    <message id="config.group_in_whole">
        <source>{field} takes whole numbers: write {whole} if that is what “{text}” means.</source>
        <translation>{field} é um número inteiro: escreva {whole} se é isso que “{text}” quer dizer.</translation>
    </message>
    <message id="branch.fixed">
        <source>{field} is that of the checkpoint, {value}: a branch cannot change it.</source>
        <translation>{field} é o do checkpoint, {value}: um ramo não pode mudá-lo.</translation>
    </message>
    <message id="weights.other_model">
        <source>{field} is {given}; the weights in {folder} have {theirs}.</source>
        <translation>{field} é {given}; os pesos em {folder} têm {theirs}.</translation>
    </message>
    <message id="config.not_allowed">
        <source>{field} is {value}; it must be {allowed}.</source>
        <translation>{field} é {value}; tem de ser {allowed}.</translation>
    </message>
    <message id="pasted.no_switch">
        <source>{field} needs True or False, not “{text}”.</source>
        <translation>{field} precisa de True ou False, não “{text}”.</translation>
    </message>
    <message id="config.decimal_comma">
        <source>{field} needs a point before its decimals, not a comma: {point}, not “{text}”.</source>
        <translation>{field} precisa de ponto antes dos decimais, não de vírgula: {point!s}, não “{text!s}”.</translation>
    </message>
    <message id="changes.no_whole_number">
        <source>{field} needs a whole number, not {value}.</source>
        <translation>{field} precisa de um número inteiro, não de {value}.</translation>
    </message>
    <message id="config.no_number">
        <source>{field} needs {allowed}, not “{text}”.</source>
        <translation>{field} precisa de {allowed}, não de “{text!s}”.</translation>
    </message>
    <message id="config.number_missing">
        <source>{field} needs {allowed}.</source>
        <translation>{field} precisa de {allowed}.</translation>
    </message>
    <message id="config.model_too_large">
        <source>{field} {value:,} makes a model of {n_parameters:.1e} parameters: at most 1e12.</source>
        <translation>{field} {value:,} faz um modelo de {n_parameters:.1e} parâmetros: no máximo 1e12.</translation>
    </message>
    <message id="fits.vocabulary">
        <source>vocab_size {value:,} fits, and there are no more tokens</source>
        <translation>vocab_size {value:,} cabe, e não há mais tokens</translation>
    </message>
    <message id="fits.size">
        <source>{field} {value:,}{at_one} fits{preset}</source>
        <translation>{field} {value:,}{at_one} cabe{preset}</translation>
    </message>
    <message id="weights.tokenizer_not_read">
        <source>{file} in {folder} cannot be read as a tokenizer.</source>
        <translation>{file} em {folder} não pode ser lido como tokenizador.</translation>
    </message>
    <message id="weights.config_not_read">
        <source>{file} in {folder} cannot be read: {reason}.</source>
        <translation>{file} em {folder} não pode ser lido: {reason}.</translation>
    </message>
    <message id="weights.damaged">
        <source>{file} in {folder} is truncated or damaged.</source>
        <translation>{file} em {folder} está truncado ou danificado.</translation>
    </message>
    <message id="changes.of_checkpoint">
        <source>{file} of the run is missing or damaged: it goes on with what its checkpoint of step {step:,} tells, {told}.</source>
        <translation>{file} da execução falta ou está danificado: ela continua com o que diz o seu checkpoint do passo {step:,}, {told}.</translation>
    </message>
    <message id="export.no_alphabet">
        <source>{file} of the run {run} is missing or damaged.</source>
        <translation>{file} da execução {run} falta ou está danificado.</translation>
    </message>
    <message id="run.facts_lost">
        <source>{file} of {run} cannot be read ({reason}): what its checkpoint of step {step:,} keeps of it holds.</source>
        <translation>{file} de {run} não pode ser lido ({reason}): vale o que o checkpoint do passo {step:,} guarda dele.</translation>
    </message>
    <message id="corpus.seven_bits">
        <source>{file} looks like {encoding}: what stands there, as {escape}, is learnt as it stands. If it is text in that encoding, save it as UTF-8.</source>
        <translation>{file} parece ser {encoding}: o que está lá, como {escape}, é aprendido como está. Se for texto nessa codificação, salve-o como UTF-8.</translation>
    </message>
    <message id="run.facts_foreign">
        <source>{file} of {run} is not its own: it tells {told}, its checkpoint of step {step:,} {kept}. What the checkpoint keeps of it holds.</source>
        <translation>{file} de {run} não é o dela: diz {told}, e o checkpoint do passo {step:,}, {kept}. Vale o que o checkpoint guarda dele.</translation>
    </message>
    <message id="run.facts_changed">
        <source>{file} of {run} is not as it was written: it tells {told}, its checkpoint of step {step:,} {kept}. What {file} tells now holds.</source>
        <translation>{file} de {run} não está como foi gravado: diz {told}, e o checkpoint do passo {step:,}, {kept}. Vale agora o que {file} diz.</translation>
    </message>
    <message id="run.facts_edited">
        <source>{file} of {run} is not as it was written: somebody, or damage to the disk, changed it. What stands there now holds.</source>
        <translation>{file} de {run} não está como foi gravado: alguém, ou um dano no disco, o mudou. Vale o que está lá agora.</translation>
    </message>
    <message id="run.exists">
        <source>{folder} already holds a run; --resume goes on with it.</source>
        <translation>{folder} já contém uma execução; --resume a continua.</translation>
    </message>
    <message id="weights.other_tokenizer">
        <source>{folder} has a tokenizer of its own with {n:,} tokens; only GPT-2's, bytes, and characters are read.</source>
        <translation>{folder} tem um tokenizador próprio com {n:,} tokens; só são lidos o do GPT-2, bytes e caracteres.</translation>
    </message>
    <message id="weights.pickled">
        <source>{file} in {folder} asks for {name}, where only tensors are read: nothing of it was run.</source>
        <translation>{file} em {folder} pede {name}, onde só tensores são lidos: nada dele foi executado.</translation>
    </message>
    <message id="weights.no_tokenizer">
        <source>{folder} has no tokenizer files, and its vocabulary of {n:,} is neither GPT-2's nor that of bytes.</source>
        <translation>{folder} não tem arquivos de tokenizador, e o seu vocabulário de {n:,} não é nem o do GPT-2 nem o de bytes.</translation>
    </message>
    <message id="weights.none">
        <source>{folder} has neither {name} nor {other}.</source>
        <translation>{folder} não tem nem {name} nem {other}.</translation>
    </message>
    <message id="weights.other_architecture">
        <source>{folder} holds a model of the type {kind!r}; only 'gpt2' is read.</source>
        <translation>{folder} contém um modelo do tipo {kind!r}; só 'gpt2' é lido.</translation>
    </message>
    <message id="weights.tensor_twice">
        <source>{folder} holds {name} twice: which of the two is meant cannot be told.</source>
        <translation>{folder} contém {name} duas vezes: não há como saber qual dos dois vale.</translation>
    </message>
    <message id="weights.foreign_tensor">
        <source>{folder} holds {name}, which GPT-2 does not have: it is another model.</source>
        <translation>{folder} contém {name}, que o GPT-2 não tem: é outro modelo.</translation>
    </message>
    <message id="weights.no_config">
        <source>{folder} is no folder of a model: it has no {file}.</source>
        <translation>{folder} não é a pasta de um modelo: não tem {file}.</translation>
    </message>
    <message id="run.no_facts">
        <source>{folder} is not the folder of a training run: {file} could not be read.</source>
        <translation>{folder} não é a pasta de uma execução de treino: {file} não pôde ser lido.</translation>
    </message>
    <message id="run.foreign_facts">
        <source>{folder} is not the folder of a training run: {file} is damaged or foreign ({reason}).</source>
        <translation>{folder} não é a pasta de uma execução de treino: {file} está danificado ou não é deste programa ({reason}).</translation>
    </message>
    <message id="weights.missing_tensor">
        <source>{folder} lacks {name}, a tensor that its config.json asks for.</source>
        <translation>Falta em {folder} {name}, um tensor que o seu config.json pede.</translation>
    </message>
    <message id="weights.missing_file">
        <source>{folder} lacks {name}, one of the files of its weights.</source>
        <translation>Falta em {folder} {name}, um dos arquivos dos seus pesos.</translation>
    </message>
    <message id="weights.other_function">
        <source>{folder} says {name} {value!r} in its config.json; the GPT-2 here computes something else.</source>
        <translation>{folder} diz {name} {value!r} no seu config.json; o GPT-2 daqui calcula outra coisa.</translation>
    </message>
    <message id="checkpoint.not_opened">
        <source>{name} cannot be opened: {reason}.</source>
        <translation>{name} não pode ser aberto: {reason}.</translation>
    </message>
    <message id="weights.other_shape">
        <source>{name} in {folder} has the shape {given}; its config.json asks for {shape}.</source>
        <translation>{name} em {folder} tem a forma {given}; o seu config.json pede {shape}.</translation>
    </message>
    <message id="weights.other_type">
        <source>{name} in {folder} is stored as {dtype}; only {known} are read.</source>
        <translation>{name} em {folder} está guardado como {dtype}; só são lidos {known}.</translation>
    </message>
    <message id="branch.newest_damaged">
        <source>{name} is damaged or foreign: the branch begins with the checkpoint of step {step:,}.</source>
        <translation>{name} está danificado ou não é deste programa: o ramo começa com o checkpoint do passo {step:,}.</translation>
    </message>
    <message id="checkpoint.progress_not_read">
        <source>{name} is truncated or foreign: its progress cannot be read.</source>
        <translation>{name} está truncado ou não é deste programa: o progresso dele não pode ser lido.</translation>
    </message>
    <message id="pasted.not_divided">
        <source>{name} {value:,} is no multiple of the {size:,} that one micro-batch has.</source>
        <translation>{name} {value:,} não é múltiplo de {size:,}, o que um microlote tem.</translation>
    </message>
    <message id="words.either">
        <source>{one:,} or {other:,}</source>
        <translation>{one:,} ou {other:,}</translation>
    </message>
    <message id="weights.not_reached">
        <source>{path} cannot be read: {reason}.</source>
        <translation>{path} não pode ser lido: {reason}.</translation>
    </message>
    <message id="arguments.config_not_read">
        <source>{path} could not be read as text: {reason}.</source>
        <translation>{path} não pôde ser lido como texto: {reason}.</translation>
    </message>
    <message id="corpus.not_read">
        <source>{path} could not be read: {reason}.</source>
        <translation>{path} não pôde ser lido: {reason}.</translation>
    </message>
    <message id="corpus.binary">
        <source>{path} is a binary file, not text.</source>
        <translation>{path} é um arquivo binário, não texto.</translation>
    </message>
    <message id="weights.neither">
        <source>{path} is neither the folder of a training run, with a run.json, nor that of a model, with a config.json.</source>
        <translation>{path} não é nem a pasta de uma execução de treino, com um run.json, nem a de um modelo, com um config.json.</translation>
    </message>
    <message id="corpus.zero_byte">
        <source>{path} is no text: it has a zero byte near {position:,}.</source>
        <translation>{path} não é texto: tem um byte zero perto de {position:,}.</translation>
    </message>
    <message id="corpus.does_not_decode">
        <source>{path} is not {encoding} text: the byte at {position:,} does not decode.{hint}</source>
        <translation>{path} não é texto {encoding}: o byte em {position:,} não se decodifica.{hint}</translation>
    </message>
    <message id="prompt.between_steps">
        <source>{run} answers between two of its steps, of {n:,} tokens each.</source>
        <translation>{run} responde entre dois de seus passos, de {n:,} tokens cada.</translation>
    </message>
    <message id="weights.at_step">
        <source>{run} at step {step:,}</source>
        <translation>{run} no passo {step:,}</translation>
    </message>
    <message id="run.name_not_written">
        <source>{run} could not be renamed: {reason}.</source>
        <translation>{run} não pôde ser renomeada: {reason}.</translation>
    </message>
    <message id="export.no_such_step">
        <source>{run} has no checkpoint of step {step:,}; there are those of {kept}.</source>
        <translation>{run} não tem checkpoint do passo {step:,}; há os de {kept}.</translation>
    </message>
    <message id="branch.no_checkpoint">
        <source>{run} has no checkpoint to branch from{at}; it has {known}.</source>
        <translation>{run} não tem checkpoint com que um ramo possa começar{at}; tem {known}.</translation>
    </message>
    <message id="export.no_checkpoint">
        <source>{run} has no checkpoint yet.</source>
        <translation>{run} ainda não tem checkpoint.</translation>
    </message>
    <message id="weights.edited">
        <source>{weights}, whose run.json is not as it was written</source>
        <translation>{weights}, cujo run.json não está como foi gravado</translation>
    </message>
</context>
</TS>
