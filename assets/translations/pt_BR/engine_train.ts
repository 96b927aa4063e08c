<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_train</name>
    <message id="trainer.takes_no_changes">
        <source>The run takes no changes: it has not begun, or is at its end.</source>
        <translation>A execução não aceita mudanças: ainda não começou, ou já está no fim.</translation>
    </message>
    <message id="trainer.no_settings">
        <source>These are no settings: {reason}.</source>
        <translation>Isto não são configurações: {reason}.</translation>
    </message>
    <message id="trainer.unknown_command">
        <source>The trainer knows no command {command!s}.</source>
        <translation>O treinador não conhece o comando {command!s}.</translation>
    </message>
    <message id="training.ended_early">
        <source>Ended early at step {step:,}: the validation loss has not been better than {loss}, of step {best:,}, in {n_since} validations.</source>
        <translation>Terminada mais cedo, no passo {step:,}: a perda de validação não ficou melhor que {loss}, do passo {best:,}, em {n_since} validações.</translation>
    </message>
    <message id="answer.pytorch_starts">
        <source>PyTorch starts.</source>
        <translation>O PyTorch está iniciando.</translation>
    </message>
    <message id="training.stopped_preparing">
        <source>Stopped while the corpus was prepared: nothing of it is kept, and Resume prepares it again.</source>
        <translation>Parada enquanto o corpus era preparado: nada dele foi guardado, e Retomar o prepara de novo.</translation>
    </message>
    <message id="branch.beginning_gone">
        <source>The branch cannot begin: the checkpoint of step {step:,} is gone, and there is no later one.</source>
        <translation>O ramo não pode começar: o checkpoint do passo {step:,} não existe mais, e não há nenhum posterior.</translation>
    </message>
    <message id="checkpoint.not_written">
        <source>The checkpoint at step {step:,} could not be written: {reason}.</source>
        <translation>O checkpoint no passo {step:,} não pôde ser gravado: {reason}.</translation>
    </message>
    <message id="checkpoint.not_written_an_older_is_intact">
        <source>The checkpoint at step {step:,} could not be written: {reason}. The one of step {kept:,} is intact. Training goes on.</source>
        <translation>O checkpoint no passo {step:,} não pôde ser gravado: {reason}. O do passo {kept:,} está intacto. O treino continua.</translation>
    </message>
    <message id="checkpoint.not_written_none_before">
        <source>The checkpoint at step {step:,} could not be written: {reason}. There is none before it. Training goes on.</source>
        <translation>O checkpoint no passo {step:,} não pôde ser gravado: {reason}. Não há nenhum antes dele. O treino continua.</translation>
    </message>
    <message id="export.other_configuration">
        <source>The checkpoint is of another configuration than its run: {name} does not fit.</source>
        <translation>O checkpoint é de outra configuração que a da sua execução: {name} não combina.</translation>
    </message>
    <message id="corpus.too_few_tokens">
        <source>The corpus has {n_tokens:,} tokens; context_length {context_length:,} needs at least {least:,}, half of them for validation.</source>
        <translation>O corpus tem {n_tokens:,} tokens; context_length {context_length:,} precisa de ao menos {least:,}, metade deles para a validação.</translation>
    </message>
    <message id="device.not_here">
        <source>The device {name!r} is not available on this machine; use auto or cpu.</source>
        <translation>O dispositivo {name!r} não está disponível nesta máquina; use auto ou cpu.</translation>
    </message>
    <message id="training.folder_gone">
        <source>The folder of the run was deleted, or cannot be found any more, so training stopped at step {step:,}.</source>
        <translation>A pasta da execução foi apagada, ou já não é encontrada, então o treino parou no passo {step:,}.</translation>
    </message>
    <message id="training.gradient_not_finite">
        <source>The gradient norm of step {step:,} is not finite, so training stopped there. A lower learning_rate usually helps: the run can go on with another one from step {kept:,}.</source>
        <translation>A norma do gradiente do passo {step:,} não é finita, então o treino parou ali. Um learning_rate menor costuma ajudar: a execução pode continuar com outro a partir do passo {kept:,}.</translation>
    </message>
    <message id="training.loss_not_finite">
        <source>The loss of step {step:,} is not finite, so training stopped there. A lower learning_rate usually helps: the run can go on with another one from step {kept:,}.</source>
        <translation>A perda do passo {step:,} não é finita, então o treino parou ali. Um learning_rate menor costuma ajudar: a execução pode continuar com outro a partir do passo {kept:,}.</translation>
    </message>
    <message id="training.evaluation_not_finite">
        <source>The loss that was evaluated after step {step:,} is not finite, so training stopped there. A lower learning_rate usually helps: the run can go on with another one from step {kept:,}.</source>
        <translation>A perda avaliada depois do passo {step:,} não é finita, então o treino parou ali. Um learning_rate menor costuma ajudar: a execução pode continuar com outro a partir do passo {kept:,}.</translation>
    </message>
    <message id="prompt.too_large">
        <source>The model answers with logits that are not finite: its weights are so large that products of them have no number any more.</source>
        <translation>O modelo responde com logits que não são finitos: os pesos dele são tão grandes que os produtos deles já não têm número.</translation>
    </message>
    <message id="prompt.not_finite">
        <source>The model answers with logits that are not finite: its weights hold NaN or infinity.</source>
        <translation>O modelo responde com logits que não são finitos: os pesos dele contêm NaN ou infinito.</translation>
    </message>
    <message id="prompt.failed">
        <source>The prompt could not be answered: {type_name}: {message}.</source>
        <translation>O prompt não pôde ser respondido: {type_name}: {message}.</translation>
    </message>
    <message id="run.facts_not_written">
        <source>The run cannot begin: run.json could not be written: {reason}.</source>
        <translation>A execução não pode começar: run.json não pôde ser gravado: {reason}.</translation>
    </message>
    <message id="training.not_taken_back">
        <source>The run cannot go on: {file} could not be written: {reason}.</source>
        <translation>A execução não pode continuar: {file} não pôde ser gravado: {reason}.</translation>
    </message>
    <message id="corpus.tokens_damaged">
        <source>The run cannot go on: {file} of its folder is missing or damaged. It holds the corpus as the model saw it.</source>
        <translation>A execução não pode continuar: {file} da pasta dela falta ou está danificado. Ele guarda o corpus como o modelo o viu.</translation>
    </message>
    <message id="corpus.another">
        <source>The run cannot go on: {file} of its folder is missing or damaged, and the corpus {corpus} is no longer what it was when the run was begun.</source>
        <translation>A execução não pode continuar: {file} da pasta dela falta ou está danificado, e o corpus {corpus} já não é o que era quando a execução começou.</translation>
    </message>
    <message id="corpus.made_again">
        <source>{files} of the run was missing or damaged, and was made again of the same corpus.</source>
        <translation>{files} da execução faltava ou estava danificado, e foi refeito a partir do mesmo corpus.</translation>
    </message>
    <message id="training.no_files_there">
        <source>{files} of the run was no file, and was set aside: the run goes on with what the rest of its folder tells.</source>
        <translation>{files} da execução não era um arquivo e foi posto de lado: a execução continua com o que o resto da pasta conta.</translation>
    </message>
    <message id="checkpoint.named_again">
        <source>Checkpoints of the run had other names: those of the steps {steps} have their own again.</source>
        <translation>Checkpoints da execução tinham outros nomes: os dos passos {steps} têm de novo os seus.</translation>
    </message>
    <message id="prompt.not_training">
        <source>The run does not answer: it has not begun to train, or has ended. Ask one of its checkpoints.</source>
        <translation>A execução não responde: ainda não começou a treinar, ou já terminou. Pergunte a um dos seus checkpoints.</translation>
    </message>
    <message id="run.not_writable">
        <source>The run folder {folder} cannot be written: {reason}.</source>
        <translation>A pasta da execução {folder} não pode ser gravada: {reason}.</translation>
    </message>
    <message id="run.locked">
        <source>The run {run} is being trained by another process.</source>
        <translation>A execução {run} está sendo treinada por outro processo.</translation>
    </message>
    <message id="training.not_compiled">
        <source>The step could not be compiled: {reason}. Training goes on with uncompiled steps, which are slower.</source>
        <translation>O passo não pôde ser compilado: {reason}. O treino continua com passos não compilados, que são mais lentos.</translation>
    </message>
    <message id="corpus.tokens_not_written">
        <source>The tokens of the corpus could not be written: {reason}.</source>
        <translation>Os tokens do corpus não puderam ser gravados: {reason}.</translation>
    </message>
    <message id="weights.being_read">
        <source>The weights are read, {size}.</source>
        <translation>Os pesos estão sendo lidos, {size}.</translation>
    </message>
    <message id="training.records_given_up">
        <source>The weights of step {step:,} are written, the last records are not: {reason}.</source>
        <translation>Os pesos do passo {step:,} estão gravados, os últimos registros não: {reason}.</translation>
    </message>
    <message id="training.last_records_wait">
        <source>The weights of step {step:,} are written, the last records are not: {reason}. The run tries again for {n_minutes} minutes. Another Stop gives them up.</source>
        <translation>Os pesos do passo {step:,} estão gravados, os últimos registros não: {reason}. A execução tenta de novo por {n_minutes} minutos. Outro Parar os abandona.</translation>
    </message>
    <message id="checkpoint.last_waits">
        <source>The weights of step {step:,} could not be written: {reason}. Make room: the run holds them and tries again for {n_minutes} minutes. Another Stop gives them up.</source>
        <translation>Os pesos do passo {step:,} não puderam ser gravados: {reason}. Libere espaço: a execução os mantém e tenta de novo por {n_minutes} minutos. Outro Parar os abandona.</translation>
    </message>
    <message id="checkpoint.last_given_up">
        <source>The weights of step {step:,} were not written: {reason}. The checkpoint of step {kept:,} is intact.</source>
        <translation>Os pesos do passo {step:,} não foram gravados: {reason}. O checkpoint do passo {kept:,} está intacto.</translation>
    </message>
    <message id="checkpoint.last_given_up_none_before">
        <source>The weights of step {step:,} were not written: {reason}. There is no checkpoint before it.</source>
        <translation>Os pesos do passo {step:,} não foram gravados: {reason}. Não há checkpoint antes dele.</translation>
    </message>
    <message id="training.beginning_not_finite">
        <source>The weights of step {step:,}, with which the run begins, give a loss or a gradient on this text that is not finite. No learning_rate changes that: begin with other weights.</source>
        <translation>Os pesos do passo {step:,}, com os quais a execução começa, dão neste texto uma perda ou um gradiente que não é finito. Nenhum learning_rate muda isso: comece com outros pesos.</translation>
    </message>
    <message id="sample.no_such_checkpoint">
        <source>There is no checkpoint {text!r}: name newest, best, live, or a step.</source>
        <translation>Não existe o checkpoint {text!r}: diga newest, best, live ou um passo.</translation>
    </message>
    <message id="device.unknown">
        <source>There is no device {name!r}: use auto, cpu, cuda or mps.</source>
        <translation>Não existe o dispositivo {name!r}: use auto, cpu, cuda ou mps.</translation>
    </message>
    <message id="tokenizer.unknown">
        <source>There is no tokenizer {name!r}.</source>
        <translation>Não existe o tokenizador {name!r}.</translation>
    </message>
    <message id="training.no_memory">
        <source>There is not enough memory for this run: a smaller batch_size, context_length or model needs less.</source>
        <translation>Não há memória suficiente para esta execução: um batch_size, context_length ou modelo menor precisa de menos.</translation>
    </message>
    <message id="prompt.asked">
        <source>The prompt is asked; what answers is waited for.</source>
        <translation>A pergunta foi feita; espera-se por quem responde.</translation>
    </message>
    <message id="prompt.silent">
        <source>What answers has said nothing for {n} s. Esc gives it up; asked again, it starts anew.</source>
        <translation>O que responde não diz nada há {n} s. Esc desiste dele; perguntado de novo, ele recomeça.</translation>
    </message>
    <message id="prompt.no_memory">
        <source>There is not enough memory to answer this prompt.</source>
        <translation>Não há memória suficiente para responder a este prompt.</translation>
    </message>
    <message id="training.smaller_micro_batch">
        <source>There was not enough memory for {before:,} sequences at once: a step now takes {parts:,} times {after:,}, which are as many in all.</source>
        <translation>Não havia memória para {before:,} sequências de uma vez: um passo agora usa {parts:,} vezes {after:,}, que no total são as mesmas.</translation>
    </message>
    <message id="prompt.not_read">
        <source>This is no prompt: {reason}.</source>
        <translation>Isto não é um prompt: {reason}.</translation>
    </message>
    <message id="training.no_socket">
        <source>This run cannot be paused or stopped from the window, only by Ctrl+C or a signal: its socket could not be made ({reason}).</source>
        <translation>Esta execução não pode ser pausada nem parada pela janela, só por Ctrl+C ou um sinal: o socket dela não pôde ser criado ({reason}).</translation>
    </message>
    <message id="config.smaller_than_corpus">
        <source>vocab_size {value:,} is smaller than the {least:,} tokens that the corpus needs.</source>
        <translation>vocab_size {value:,} é menor que os {least:,} tokens de que o corpus precisa.</translation>
    </message>
    <message id="checkpoint.none_whole">
        <source>{damage} No checkpoint is left to go on from: begin a new run with its settings, or a branch.</source>
        <translation>{damage} Não resta checkpoint de onde continuar: comece uma execução com as configurações dela, ou um ramo.</translation>
    </message>
    <message id="checkpoint.older_taken">
        <source>{damage} Training goes on from the checkpoint of step {step:,}.</source>
        <translation>{damage} O treino continua a partir do checkpoint do passo {step:,}.</translation>
    </message>
    <message id="training.lines_lost">
        <source>{files} of the run lost lines, or have changed ones, from before step {step:,}: what can be read stays.</source>
        <translation>{files} da execução perdeu linhas, ou tem linhas mudadas, de antes do passo {step:,}: o que pode ser lido fica.</translation>
    </message>
    <message id="training.file_not_written">
        <source>{file} could not be written: {reason}. Training goes on.</source>
        <translation>{file} não pôde ser gravado: {reason}. O treino continua.</translation>
    </message>
    <message id="weights.bias_not_zero">
        <source>{folder} says qkv_bias false in its config.json, and its {name} is not zero.</source>
        <translation>{folder} diz qkv_bias false no seu config.json, e o seu {name} não é zero.</translation>
    </message>
    <message id="weights.head_not_tied">
        <source>{folder} says tie_word_embeddings true in its config.json, and its {head} is not its {table}: with false it has a head of its own.</source>
        <translation>{folder} diz tie_word_embeddings true no seu config.json, e o seu {head} não é o seu {table}: com false, ele tem uma camada de saída própria.</translation>
    </message>
    <message id="training.weights_not_finite">
        <source>{name} holds NaN or infinity after step {step:,}, so training stopped there. A lower learning_rate usually helps: the run can go on with another one from step {kept:,}.</source>
        <translation>{name} contém NaN ou infinito depois do passo {step:,}, então o treino parou ali. Um learning_rate menor costuma ajudar: a execução pode continuar com outro a partir do passo {kept:,}.</translation>
    </message>
    <message id="weights.tensor_not_read">
        <source>{name} in {file} could not be read: {reason}.</source>
        <translation>{name} em {file} não pôde ser lido: {reason}.</translation>
    </message>
    <message id="weights.not_finite">
        <source>{name} in {folder} holds NaN or infinity: nothing can be learnt or drawn from such weights.</source>
        <translation>{name} em {folder} contém NaN ou infinito: nada pode ser aprendido nem sorteado com esses pesos.</translation>
    </message>
    <message id="checkpoint.random_not_read">
        <source>{name} is damaged or foreign: the states of its random generators cannot be read.</source>
        <translation>{name} está danificado ou não é deste programa: os estados dos seus geradores aleatórios não podem ser lidos.</translation>
    </message>
    <message id="checkpoint.other_optimizer">
        <source>{name} is damaged or foreign: {wrong} of its optimizer does not fit the model.</source>
        <translation>{name} está danificado ou não é deste programa: {wrong} do otimizador dele não combina com o modelo.</translation>
    </message>
    <message id="checkpoint.file_damaged">
        <source>{name} is damaged: {file} is not as it was written.</source>
        <translation>{name} está danificado: {file} não está como foi gravado.</translation>
    </message>
    <message id="checkpoint.other_configuration">
        <source>{name} is of another configuration: its weights do not fit the model.</source>
        <translation>{name} é de outra configuração: os pesos dele não combinam com o modelo.</translation>
    </message>
    <message id="checkpoint.file_not_read">
        <source>{name} is truncated or foreign: {file} cannot be read.</source>
        <translation>{name} está truncado ou não é deste programa: {file} não pode ser lido.</translation>
    </message>
    <message id="export.done">
        <source>{run} at step {step:,} is exported to {target}.</source>
        <translation>{run} no passo {step:,} foi exportado para {target}.</translation>
    </message>
    <message id="weights.live">
        <source>{run} at step {step:,}, its live weights</source>
        <translation>{run} no passo {step:,}, pesos do momento</translation>
    </message>
    <message id="export.not_written">
        <source>{target} could not be written: {reason}.</source>
        <translation>{target} não pôde ser gravado: {reason}.</translation>
    </message>
    <message id="export.exists">
        <source>{target} is there already; nothing was written.</source>
        <translation>{target} já existe; nada foi gravado.</translation>
    </message>
    <message id="checkpoint.not_finite">
        <source>{tensor} of {name} holds NaN or infinity: nothing goes on from it, at whatever learning_rate.</source>
        <translation>{tensor} de {name} contém NaN ou infinito: nada continua a partir dele, com nenhum learning_rate.</translation>
    </message>
    <message id="checkpoint.no_squares">
        <source>{tensor} of {name} holds NaN or less than 0, where squares should be: nothing goes on from it.</source>
        <translation>{tensor} de {name} contém NaN ou menos que 0, onde deveria haver quadrados: nada continua a partir dele.</translation>
    </message>
</context>
</TS>
