<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>terminal</name>
    <message>
        <source>the following arguments are required: {names}</source>
        <translation>faltam estes argumentos: {names}</translation>
    </message>
    <message>
        <source>unrecognized arguments: {words}</source>
        <translation>argumentos desconhecidos: {words}</translation>
    </message>
    <message>
        <source>argument {name}: invalid choice: {value} (choose from {choices})</source>
        <translation>argumento {name}: {value} não é uma das escolhas ({choices})</translation>
    </message>
    <message>
        <source>argument {name}: invalid {kind} value: {value}</source>
        <translation>argumento {name}: {value} não é um valor de tipo {kind}</translation>
    </message>
    <message>
        <source>argument {name}: expected one argument</source>
        <translation>argumento {name}: falta um valor</translation>
    </message>
    <message>
        <source>argument {name}: expected at least one argument</source>
        <translation>argumento {name}: falta ao menos um valor</translation>
    </message>
    <message>
        <source>argument {name}: ignored explicit argument {value}</source>
        <translation>argumento {name}: não recebe um valor, e recebeu {value}</translation>
    </message>
    <message>
        <source>argument {name}: not allowed with argument {other}</source>
        <translation>argumento {name}: não combina com {other}</translation>
    </message>
    <message>
        <source>ambiguous option: {name} could match {names}</source>
        <translation>opção ambígua: {name} pode ser {names}</translation>
    </message>
    <message>
        <source>positional arguments</source>
        <translation>argumentos por posição</translation>
    </message>
    <message>
        <source>options</source>
        <translation>opções</translation>
    </message>
    <message>
        <source>show this help message and exit</source>
        <translation>mostrar esta ajuda e terminar</translation>
    </message>
    <message>
        <source>{program}: error: {message}</source>
        <translation>{program}: erro: {message}</translation>
    </message>
    <message>
        <source>usage: </source>
        <translation>uso: </translation>
    </message>
    <message>
        <source>a Hugging Face folder with a GPT-2: the run begins with its weights, and has its sizes and tokenizer</source>
        <translation>uma pasta do Hugging Face com um GPT-2: o treino começa com os pesos dela, e tem seus tamanhos e seu tokenizador</translation>
    </message>
    <message>
        <source>Pretrain a GPT-2 with a progress bar and no window.</source>
        <translation>Pré-treinar um GPT-2 com uma barra de progresso, sem janela.</translation>
    </message>
    <message>
        <source>train what the memory seems to have no room for</source>
        <translation>treinar mesmo o que parece não caber na memória</translation>
    </message>
    <message>
        <source>model##terminal</source>
        <translation>modelo</translation>
    </message>
    <message>
        <source>run##terminal</source>
        <translation>treino</translation>
    </message>
    <message>
        <source>where every setting starts from</source>
        <translation>de onde cada ajuste parte</translation>
    </message>
    <message>
        <source>a file with a GPT_CONFIG = {…}, or as other trainers write it, over the preset</source>
        <translation>um arquivo com GPT_CONFIG = {…}, ou como outros treinadores o escrevem, por cima do preset</translation>
    </message>
    <message>
        <source>where the run is written; a new one by default</source>
        <translation>onde o treino é escrito; por padrão, uma pasta nova</translation>
    </message>
    <message>
        <source>go on with a run that has ended, from its newest checkpoint; --max-steps makes it longer, --learning-rate scales what is left of the rate's schedule</source>
        <translation>continuar um treino que terminou, do checkpoint mais novo; --max-steps o alonga, --learning-rate muda na mesma proporção o que resta do plano da taxa</translation>
    </message>
    <message>
        <source>begin a new run with a checkpoint of another one, and with the other settings that are given</source>
        <translation>começar um treino novo com um checkpoint de outro, e com os outros ajustes que são dados</translation>
    </message>
    <message>
        <source>of the checkpoint to branch from; the newest by default</source>
        <translation>do checkpoint do qual o treino parte; por padrão, o mais novo</translation>
    </message>
    <message>
        <source>the run folder already holds its run.json</source>
        <translation>a pasta do treino já tem seu run.json</translation>
    </message>
    <message>
        <source>Characters that are no tokens of {run} are left out: {characters}</source>
        <translation>Caracteres que não são tokens de {run} ficam de fora: {characters}</translation>
    </message>
    <message>
        <source>Left out of {file}: {names}.</source>
        <translation>Ficou de fora, de {file}: {names}.</translation>
    </message>
    <message>
        <source>Change settings of a run while it trains, from its next step on.</source>
        <translation>Mudar ajustes de um treino em andamento, a partir do próximo passo.</translation>
    </message>
    <message>
        <source>the folder of the run</source>
        <translation>a pasta do treino</translation>
    </message>
    <message>
        <source>name a setting, such as --learning-rate</source>
        <translation>dê um ajuste, como --learning-rate</translation>
    </message>
    <message>
        <source>{run} goes on with it.</source>
        <translation>{run} continua com isso.</translation>
    </message>
    <message>
        <source>Write the weights of a run as a Hugging Face folder.</source>
        <translation>Escrever os pesos de um treino como pasta do Hugging Face.</translation>
    </message>
    <message>
        <source>the folder of a run, or one of its checkpoints</source>
        <translation>a pasta de um treino, ou de um de seus checkpoints</translation>
    </message>
    <message>
        <source>the folder to write; it must not exist yet</source>
        <translation>a pasta a escrever; ainda não pode existir</translation>
    </message>
    <message>
        <source>of the checkpoint; the newest by default</source>
        <translation>do checkpoint; por padrão, o mais novo</translation>
    </message>
    <message>
        <source>0 always takes the most probable token, 1 draws as the model says</source>
        <translation>0 toma sempre o token mais provável, 1 sorteia como o modelo diz</translation>
    </message>
    <message>
        <source>draw among so many of the most probable tokens; 0 draws among all</source>
        <translation>sortear entre tantos dos tokens mais prováveis; 0 sorteia entre todos</translation>
    </message>
    <message>
        <source>where the random numbers start; the same seed gives the same text</source>
        <translation>onde os números aleatórios começam; a mesma semente dá o mesmo texto</translation>
    </message>
    <message>
        <source>how many tokens to write</source>
        <translation>quantos tokens escrever</translation>
    </message>
    <message>
        <source>Have a model go on from a prompt, token by token.</source>
        <translation>Fazer um modelo continuar um prompt, token por token.</translation>
    </message>
    <message>
        <source>the folder of a run, or a Hugging Face folder with a GPT-2</source>
        <translation>a pasta de um treino, ou uma pasta do Hugging Face com um GPT-2</translation>
    </message>
    <message>
        <source>what the model goes on from</source>
        <translation>o que o modelo continua</translation>
    </message>
    <message>
        <source>of a run; live are the weights of one that trains, whose trainer then answers</source>
        <translation>de um treino; live são os pesos de um em andamento, cujo treinador então responde</translation>
    </message>
    <message>
        <source>{words}; {value} unless given</source>
        <translation>{words}; sem ele, {value}</translation>
    </message>
    <message>
        <source>The run cannot begin: {file}: {reason}.</source>
        <translation>O treino não pode começar: {file}: {reason}.</translation>
    </message>
    <message>
        <source>Interrupted before a run was begun.</source>
        <translation>Interrompido antes de o treino começar.</translation>
    </message>
    <message>
        <source>The status could not be written: {reason}.</source>
        <translation>O estado não pôde ser escrito: {reason}.</translation>
    </message>
    <message>
        <source>What was asked for meanwhile was not made: {words}.</source>
        <translation>O que foi pedido nesse meio-tempo não foi feito: {words}.</translation>
    </message>
    <message>
        <source>{command} goes on with a tenth of the rate</source>
        <translation>{command} continua com um décimo da taxa</translation>
    </message>
    <message>
        <source>Training to {end} in {folder}</source>
        <translation>Treinando até {end} em {folder}</translation>
    </message>
    <message>
        <source>Training from step {step} to {end} in {folder}</source>
        <translation>Treinando do passo {step} até {end} em {folder}</translation>
    </message>
    <message>
        <source>Preparing the corpus: {share} of {size}</source>
        <translation>Preparando o corpus: {share} de {size}</translation>
    </message>
    <message>
        <source>From step {step} on: {words}</source>
        <translation>A partir do passo {step}: {words}</translation>
    </message>
    <message>
        <source>not finite</source>
        <translation>não finita</translation>
    </message>
    <message>
        <source>loss {loss}</source>
        <translation>perda {loss}</translation>
    </message>
    <message>
        <source>{n} tokens/s</source>
        <translation>{n} tokens/s</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>faltam {time}</translation>
    </message>
    <message>
        <source>finished at step {step}; the run is in {folder}; {command} --max-steps N makes it longer</source>
        <translation>terminou no passo {step}; o treino está em {folder}; {command} --max-steps N o alonga</translation>
    </message>
    <message>
        <source>stopped at step {step}; the run is in {folder}; {command} goes on with it</source>
        <translation>parou no passo {step}; o treino está em {folder}; {command} o continua</translation>
    </message>
    <message>
        <source>open the window; FILE is a Python program, which gets the arguments, a Jupyter notebook, a file of tensors or the folder of a run</source>
        <translation>abrir a janela; FILE é um programa em Python, que recebe os argumentos, um notebook Jupyter, um arquivo de tensores ou a pasta de um treino</translation>
    </message>
    <message>
        <source>pretrain a GPT-2 without the window; `visualizer train --help` lists the options</source>
        <translation>pré-treinar um GPT-2 sem a janela; `visualizer train --help` mostra as opções</translation>
    </message>
    <message>
        <source>change the rate and the like of a run that trains; `--help` lists the options</source>
        <translation>mudar a taxa e outros ajustes de um treino em andamento; `--help` mostra as opções</translation>
    </message>
    <message>
        <source>have a run's weights, or those of a Hugging Face folder, answer a `--prompt`</source>
        <translation>fazer os pesos de um treino, ou de uma pasta do Hugging Face, responder a um `--prompt`</translation>
    </message>
    <message>
        <source>write the weights of a run as a Hugging Face folder; `--step N` chooses the checkpoint</source>
        <translation>escrever os pesos de um treino como pasta do Hugging Face; `--step N` escolhe o checkpoint</translation>
    </message>
    <message>
        <source>drive the window through all that it does and write a picture of each stage</source>
        <translation>conduzir a janela por tudo o que ela faz e escrever uma imagem de cada etapa</translation>
    </message>
    <message>
        <source>say which version this is</source>
        <translation>dizer que versão é esta</translation>
    </message>
    <message>
        <source>There is no option {option}.</source>
        <translation>Não existe a opção {option}.</translation>
    </message>
    <message numerus="yes">
        <source>{n} tokens in the vocabulary</source>
        <translation>
            <numerusform>{n} token no vocabulário</numerusform>
            <numerusform>{n} tokens no vocabulário</numerusform>
        </translation>
    </message>
</context>
</TS>
