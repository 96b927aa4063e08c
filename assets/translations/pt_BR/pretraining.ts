<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>pretraining</name>
    <message>
        <source> and </source>
        <translation> e </translation>
    </message>
    <message>
        <source> of the corpus</source>
        <translation> do corpus</translation>
    </message>
    <message>
        <source>A branch of {run} at step {step}
Change its rate, its length or its corpus, and press Start.</source>
        <translation>Um ramo de {run} no passo {step}
Mude a taxa, a duração ou o corpus e aperte Iniciar.</translation>
    </message>
    <message>
        <source>A branch of {run} at step {step}: {n_steps} steps of {n_tokens} tokens in all</source>
        <translation>Um ramo de {run} no passo {step}: {n_steps} passos de {n_tokens} tokens ao todo</translation>
    </message>
    <message>
        <source>A checkpoint of it was changed by hand since it ended: Resume tries it.</source>
        <translation>Um checkpoint dela foi alterado à mão desde que terminou: Retomar tenta com ele.</translation>
    </message>
    <message>
        <source>A gradient with a larger norm is scaled down to it; 0 never clips.</source>
        <translation>Um gradiente de norma maior é reduzido a ela; 0 nunca limita.</translation>
    </message>
    <message>
        <source>A new run begins with the weights of this checkpoint, and with settings of its own:</source>
        <translation>Uma nova execução começa com os pesos deste checkpoint e com configurações próprias:</translation>
    </message>
    <message>
        <source>A new run that begins with these weights</source>
        <translation>Uma nova execução que começa com estes pesos</translation>
    </message>
    <message>
        <source>A prompt; Enter asks</source>
        <translation>Um prompt; Enter pergunta</translation>
    </message>
    <message>
        <source>A run writes its first sample soon.</source>
        <translation>Uma execução logo escreve sua primeira amostra.</translation>
    </message>
    <message>
        <source>This run writes no samples: its sample_every is 0.</source>
        <translation>Esta execução não escreve amostras: seu sample_every é 0.</translation>
    </message>
    <message>
        <source>This run has written no sample.</source>
        <translation>Esta execução não escreveu nenhuma amostra.</translation>
    </message>
    <message>
        <source>Activations, estimated</source>
        <translation>Ativações, estimadas</translation>
    </message>
    <message>
        <source>AdamW's step size at its peak, after the warm-up.</source>
        <translation>O tamanho do passo do AdamW no pico, depois do aquecimento.</translation>
    </message>
    <message>
        <source>All {n} settings are equal.</source>
        <translation>Todas as {n} configurações são iguais.</translation>
    </message>
    <message>
        <source>Among how many of the most probable tokens it draws; 0 draws among all</source>
        <translation>Entre quantos dos tokens mais prováveis sorteia; 0 sorteia entre todos</translation>
    </message>
    <message>
        <source>An answer is being written; Esc stops it.</source>
        <translation>Uma resposta está sendo escrita; Esc a interrompe.</translation>
    </message>
    <message>
        <source>Another rate…</source>
        <translation>Outra taxa…</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Resposta</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Perguntar</translation>
    </message>
    <message>
        <source>Ask the model</source>
        <translation>Perguntar</translation>
    </message>
    <message>
        <source>Ask the weights of a Hugging Face folder</source>
        <translation>Perguntar aos pesos de uma pasta do Hugging Face</translation>
    </message>
    <message>
        <source>Ask…</source>
        <translation>Perguntar…</translation>
    </message>
    <message>
        <source>At most {n} runs can be laid over another.</source>
        <translation>No máximo {n} execuções podem ser sobrepostas a outra.</translation>
    </message>
    <message>
        <source>Back to the form as you left it</source>
        <translation>De volta ao formulário como você o deixou</translation>
    </message>
    <message>
        <source>Batches that a validation averages.</source>
        <translation>Quantos lotes entram na média de uma validação.</translation>
    </message>
    <message>
        <source>val loss</source>
        <translation>perda val.</translation>
    </message>
    <message>
        <source>The best validation loss; below it the newest where that is another</source>
        <translation>A menor perda de validação; abaixo dela a mais recente, quando é outra</translation>
    </message>
    <message>
        <source>best val loss</source>
        <translation>melhor perda val.</translation>
    </message>
    <message>
        <source>best validation loss {loss} at step {step}</source>
        <translation>melhor perda de validação {loss} no passo {step}</translation>
    </message>
    <message>
        <source>Best validation {best} at step {step}; newest {now}, training {train}.</source>
        <translation>Melhor validação {best} no passo {step}; a mais recente {now}, treino {train}.</translation>
    </message>
    <message>
        <source>Best validation {best} at step {step}; newest {now}.</source>
        <translation>Melhor validação {best} no passo {step}; a mais recente {now}.</translation>
    </message>
    <message>
        <source>Branch of {run}</source>
        <translation>Ramo de {run}</translation>
    </message>
    <message>
        <source>Branch…</source>
        <translation>Ramo…</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>Tabela CSV</translation>
    </message>
    <message>
        <source>CSV table for spreadsheets with a decimal comma</source>
        <translation>Tabela CSV para planilhas com vírgula decimal</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Mudar</translation>
    </message>
    <message>
        <source>Change settings…</source>
        <translation>Mudar configurações…</translation>
    </message>
    <message>
        <source>Change {run}</source>
        <translation>Mudar {run}</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Mudar…</translation>
    </message>
    <message>
        <source>Characters of the corpus that are no tokens of the run are left out: {characters}</source>
        <translation>Caracteres do corpus que não são tokens da execução ficam de fora: {characters}</translation>
    </message>
    <message>
        <source>Checkpoint before, after</source>
        <translation>Checkpoint anterior, seguinte</translation>
    </message>
    <message>
        <source>Checkpoint of step {step}</source>
        <translation>Checkpoint do passo {step}</translation>
    </message>
    <message>
        <source>Checkpoints now</source>
        <translation>Checkpoints agora</translation>
    </message>
    <message>
        <source>Checkpoints, at most</source>
        <translation>Checkpoints, no máximo</translation>
    </message>
    <message>
        <source>Choose a preset and press Start. nano learns in two minutes.
Or fill the form from a copied GPT_CONFIG_124M = {…} with Ctrl+V, or choose a run on the right.</source>
        <translation>Escolha uma predefinição e aperte Iniciar. nano aprende em dois minutos.
Ou preencha o formulário com um GPT_CONFIG_124M = {…} copiado, com Ctrl+V, ou escolha uma execução à direita.</translation>
    </message>
    <message>
        <source>Choose a run on the right, or a folder: its weights answer.</source>
        <translation>Escolha uma execução à direita, ou uma pasta: seus pesos respondem.</translation>
    </message>
    <message>
        <source>Choose a run on the right: a branch begins with one of its checkpoints.</source>
        <translation>Escolha uma execução à direita: um ramo começa com um de seus checkpoints.</translation>
    </message>
    <message>
        <source>Choose a run on the right: it can then go on longer, or with another rate.</source>
        <translation>Escolha uma execução à direita: ela pode então continuar por mais tempo, ou com outra taxa.</translation>
    </message>
    <message>
        <source>Choose a run on the right: its plots can then be exported.</source>
        <translation>Escolha uma execução à direita: seus gráficos podem então ser exportados.</translation>
    </message>
    <message>
        <source>Choose a run on the right: its weights can be exported once it has a checkpoint.</source>
        <translation>Escolha uma execução à direita: seus pesos podem ser exportados quando ela tiver um checkpoint.</translation>
    </message>
    <message>
        <source>Choose file…</source>
        <translation>Escolher arquivo…</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>Escolher pasta…</translation>
    </message>
    <message>
        <source>Choose no checkpoint (Esc)</source>
        <translation>Não escolher checkpoint (Esc)</translation>
    </message>
    <message>
        <source>Click: branch from it, or export its weights</source>
        <translation>Clique: ramo a partir dele, ou exportar seus pesos</translation>
    </message>
    <message>
        <source>Compute per token</source>
        <translation>Cálculo por token</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Configuração</translation>
    </message>
    <message>
        <source>Copied the configuration as Python.</source>
        <translation>Configuração copiada como Python.</translation>
    </message>
    <message>
        <source>Copied {path}</source>
        <translation>{path} copiado</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Copiar resposta</translation>
    </message>
    <message>
        <source>Copy as Python</source>
        <translation>Copiar como Python</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Copiar caminho</translation>
    </message>
    <message>
        <source>Copy the answer, without its prompt</source>
        <translation>Copiar a resposta, sem o prompt</translation>
    </message>
    <message>
        <source>Copy the table as text with tabs</source>
        <translation>Copiar a tabela como texto com tabulações</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>Corpus</translation>
    </message>
    <message>
        <source>Corpus in characters</source>
        <translation>Corpus em caracteres</translation>
    </message>
    <message>
        <source>Corpus in tokens</source>
        <translation>Corpus em tokens</translation>
    </message>
    <message>
        <source>Corpus: a folder of text files</source>
        <translation>Corpus: uma pasta de arquivos de texto</translation>
    </message>
    <message>
        <source>Corpus: a text file</source>
        <translation>Corpus: um arquivo de texto</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>Delete run</source>
        <translation>Excluir execução</translation>
    </message>
    <message>
        <source>Delete {run} with its records and checkpoint?</source>
        <translation>Excluir {run} com seus registros e checkpoint?</translation>
    </message>
    <message>
        <source>Deleted {run}.</source>
        <translation>{run} excluída.</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Excluir…</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Each point is this share of the average before it and the rest its own value,
divided by the weights so far, so that the start is not dragged down. 0 smooths nothing.</source>
        <translation>Cada ponto é esta fração da média anterior e o resto seu próprio valor,
dividido pelos pesos até ali, para que o começo não seja puxado para baixo. 0 não suaviza nada.</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>Decorrido</translation>
    </message>
    <message>
        <source>Enter a field to read what it is. Ctrl+V fills the form from a copied GPT_CONFIG_124M = {…}.</source>
        <translation>Entre em um campo para ler o que é. Ctrl+V preenche o formulário com um GPT_CONFIG_124M = {…} copiado.</translation>
    </message>
    <message>
        <source>Every plot shares the axis. Drag to zoom, Shift+drag to pan, double-click or F to fit the data, Home for the whole run; click to hold the cursor, ← and → move it, Enter at both ends zooms. Marks on the axis are checkpoints: click one, or [ and ].</source>
        <translation>Todos os gráficos compartilham o eixo. Arraste para ampliar, Shift+arrastar para deslocar, clique duplo ou F para ajustar aos dados, Home para a execução inteira; clique para fixar o cursor, ← e → o movem, Enter nas duas pontas amplia. Marcas no eixo são checkpoints: clique em uma, ou [ e ].</translation>
    </message>
    <message>
        <source>Export weights</source>
        <translation>Exportar pesos</translation>
    </message>
    <message>
        <source>Export what is shown (PNG, SVG or CSV)</source>
        <translation>Exportar o que se vê (PNG, SVG ou CSV)</translation>
    </message>
    <message>
        <source>Exporting the weights of {run}…</source>
        <translation>Exportando os pesos de {run}…</translation>
    </message>
    <message>
        <source>Extend…</source>
        <translation>Estender…</translation>
    </message>
    <message>
        <source>Filled in {names}.</source>
        <translation>Preenchidos: {names}.</translation>
    </message>
    <message>
        <source>Forward passes whose gradients are averaged in one optimizer step.</source>
        <translation>Quantos forwards entram, com a média dos seus gradientes, em um passo do otimizador.</translation>
    </message>
    <message>
        <source>From step {step} on: {words}.</source>
        <translation>A partir do passo {step}: {words}.</translation>
    </message>
    <message>
        <source>From its next step on: {words}.</source>
        <translation>A partir do seu próximo passo: {words}.</translation>
    </message>
    <message>
        <source>GPT-2 byte pairs</source>
        <translation>pares de bytes do GPT-2</translation>
    </message>
    <message>
        <source>Gigabytes that its checkpoints may take: the oldest go first, never the newest two or the best.</source>
        <translation>Gigabytes que os checkpoints podem ocupar: os mais velhos saem primeiro, nunca os dois mais novos nem o melhor.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Go on longer, or with another rate; while it trains, from its next step on</source>
        <translation>Continuar por mais tempo, ou com outra taxa; enquanto treina, a partir do próximo passo</translation>
    </message>
    <message>
        <source>Go on with {run}</source>
        <translation>Continuar {run}</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>Norma do gradiente</translation>
    </message>
    <message>
        <source>Have a prompt answered by the run's weights, or others</source>
        <translation>Fazer os pesos da execução, ou outros, continuarem um prompt</translation>
    </message>
    <message>
        <source>Have a prompt answered by these weights</source>
        <translation>Fazer estes pesos continuarem um prompt</translation>
    </message>
    <message>
        <source>Have the prompt answered (Enter in the prompt)</source>
        <translation>Gerar a resposta ao prompt (Enter no prompt)</translation>
    </message>
    <message>
        <source>How bold it draws: 0 always takes the most probable token, 1 draws as the model says</source>
        <translation>Com que ousadia sorteia: 0 toma sempre o token mais provável, 1 sorteia como o modelo diz</translation>
    </message>
    <message>
        <source>How long AdamW averages gradients: 0.9 is about 10 steps.</source>
        <translation>Por quanto tempo o AdamW faz a média dos gradientes: 0,9 são uns 10 passos.</translation>
    </message>
    <message>
        <source>How long AdamW averages squared gradients: 0.95 is about 20 steps.</source>
        <translation>Por quanto tempo o AdamW faz a média dos gradientes ao quadrado: 0,95 são uns 20 passos.</translation>
    </message>
    <message>
        <source>How many attentions each block runs side by side; the width is divided among them.</source>
        <translation>Quantas atenções cada bloco executa lado a lado; a largura é dividida entre elas.</translation>
    </message>
    <message>
        <source>How many different tokens there are; each has a row in the embedding and a logit in the output.</source>
        <translation>Quantos tokens diferentes existem; cada um tem uma linha no embedding e um logit na saída.</translation>
    </message>
    <message>
        <source>How many tokens it writes</source>
        <translation>Quantos tokens escreve</translation>
    </message>
    <message>
        <source>How many tokens the model sees at once; attention never looks further back.</source>
        <translation>Quantos tokens o modelo vê de uma vez; a atenção nunca olha mais para trás.</translation>
    </message>
    <message>
        <source>How many transformer blocks follow each other.</source>
        <translation>Quantos blocos transformer vêm um após o outro.</translation>
    </message>
    <message>
        <source>How strongly AdamW pulls matrices and embeddings towards 0.</source>
        <translation>Com que força o AdamW puxa matrizes e embeddings para 0.</translation>
    </message>
    <message>
        <source>How the run learns</source>
        <translation>Como a execução aprende</translation>
    </message>
    <message>
        <source>Hugging Face folder…</source>
        <translation>Pasta do Hugging Face…</translation>
    </message>
    <message>
        <source>It would be ended by the system, or make everything slow.</source>
        <translation>Seria encerrada pelo sistema, ou deixaria tudo lento.</translation>
    </message>
    <message>
        <source>It wrote {tokens}.</source>
        <translation>Escreveu {tokens}.</translation>
    </message>
    <message>
        <source>Its corpus becomes tokens: {done} of {total}, {left} left. Training begins then.</source>
        <translation>O corpus vira tokens: {done} de {total}, faltam {left}. Depois o treino começa.</translation>
    </message>
    <message>
        <source>Its corpus becomes tokens: {done} of {total}. Training begins then.</source>
        <translation>O corpus vira tokens: {done} de {total}. Depois o treino começa.</translation>
    </message>
    <message>
        <source>Its folder keeps its own name, which an empty one brings back.</source>
        <translation>A pasta mantém o próprio nome; um nome vazio o traz de volta.</translation>
    </message>
    <message>
        <source>Its number in the vocabulary</source>
        <translation>Seu número no vocabulário</translation>
    </message>
    <message>
        <source>Its rate stays where the cosine ended.</source>
        <translation>A taxa fica onde o cosseno terminou.</translation>
    </message>
    <message>
        <source>Its records are being read: step {step} so far.</source>
        <translation>Os registros estão sendo lidos: passo {step} até agora.</translation>
    </message>
    <message>
        <source>last {loss}</source>
        <translation>última {loss}</translation>
    </message>
    <message>
        <source>Lay another run over the plots first: the box beside it in the list, or Space.</source>
        <translation>Antes, sobreponha outra execução aos gráficos: a caixa ao lado dela na lista, ou a barra de espaço.</translation>
    </message>
    <message>
        <source>Lay over the plots</source>
        <translation>Sobrepor aos gráficos</translation>
    </message>
    <message>
        <source>Lay over the plots, take away</source>
        <translation>Sobrepor aos gráficos, retirar</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Taxa de aprendizado</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Deixar</translation>
    </message>
    <message>
        <source>Leave outliers out of the height of the loss (▲ and ▼ say where a line leaves it)</source>
        <translation>Deixar valores atípicos fora da altura da perda (▲ e ▼ dizem onde uma linha sai dela)</translation>
    </message>
    <message>
        <source>Left out, no text</source>
        <translation>Fora, não é texto</translation>
    </message>
    <message>
        <source>Left out: {names} and {n} more.</source>
        <translation>Deixados de fora: {names} e mais {n}.</translation>
    </message>
    <message>
        <source>Left out: {names}.</source>
        <translation>Deixados de fora: {names}.</translation>
    </message>
    <message>
        <source>Legend: {entries}</source>
        <translation>Legenda: {entries}</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Log of {run}</source>
        <translation>Log de {run}</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Perda</translation>
    </message>
    <message>
        <source>Loss against steps</source>
        <translation>Perda por passos</translation>
    </message>
    <message>
        <source>Lowest validation of these runs: {run}, {loss} at step {step}.</source>
        <translation>Menor validação destas execuções: {run}, {loss} no passo {step}.</translation>
    </message>
    <message>
        <source>Marks: clipped. {share} of steps so far</source>
        <translation>Marcas: limitados, {share} até aqui</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memória</translation>
    </message>
    <message>
        <source>Memory in all, estimated</source>
        <translation>Memória ao todo, estimada</translation>
    </message>
    <message>
        <source>Memory, GiB</source>
        <translation>Memória, GiB</translation>
    </message>
    <message>
        <source>Model FLOPs utilisation: the share of the device's peak that training reaches</source>
        <translation>Utilização de FLOPs do modelo: a fração do pico do dispositivo que o treino alcança</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>Mais configurações</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>Nova execução</translation>
    </message>
    <message>
        <source>New run from this</source>
        <translation>Nova a partir desta</translation>
    </message>
    <message>
        <source>newest val loss</source>
        <translation>perda val. mais recente</translation>
    </message>
    <message>
        <source>newest {loss}</source>
        <translation>a mais recente {loss}</translation>
    </message>
    <message>
        <source>No run has “{text}” in its name or state. Esc in the search shows all.</source>
        <translation>Nenhuma execução tem “{text}” no nome ou no estado. Esc na busca mostra todas.</translation>
    </message>
    <message>
        <source>No run is shown.</source>
        <translation>Nenhuma execução é mostrada.</translation>
    </message>
    <message>
        <source>No runs yet. Choose a preset and press Start.</source>
        <translation>Nenhuma execução ainda. Escolha uma predefinição e aperte Iniciar.</translation>
    </message>
    <message>
        <source>No trainer running</source>
        <translation>Nenhum treinador em execução</translation>
    </message>
    <message>
        <source>No training run is shown that could be controlled.</source>
        <translation>Não há execução de treino à vista que possa ser controlada.</translation>
    </message>
    <message>
        <source>Of so many checkpoints one stays, besides the newest two and the best; 0: none.</source>
        <translation>De tantos checkpoints um fica, além dos dois mais novos e do melhor; 0: nenhum.</translation>
    </message>
    <message>
        <source>Open other run folder…</source>
        <translation>Abrir outra pasta…</translation>
    </message>
    <message>
        <source>Open run folder</source>
        <translation>Abrir pasta de execução</translation>
    </message>
    <message>
        <source>Optimizer steps to train.</source>
        <translation>Passos do otimizador a treinar.</translation>
    </message>
    <message>
        <source>Order of the runs</source>
        <translation>Ordem das execuções</translation>
    </message>
    <message>
        <source>Output head</source>
        <translation>Saída</translation>
    </message>
    <message>
        <source>Overfitting since step {step}: validation rose from {best} to {now}, training fell from {train_then} to {train}.</source>
        <translation>Overfitting desde o passo {step}: a validação subiu de {best} para {now}, o treino caiu de {train_then} para {train}.</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>Imagem PNG</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parâmetros</translation>
    </message>
    <message>
        <source>Parameters by part, {total} in total</source>
        <translation>Parâmetros por parte, {total} ao todo</translation>
    </message>
    <message>
        <source>Paste config</source>
        <translation>Colar config.</translation>
    </message>
    <message>
        <source>Pasted configurations</source>
        <translation>Configurações coladas</translation>
    </message>
    <message>
        <source>Plots</source>
        <translation>Gráficos</translation>
    </message>
    <message>
        <source>Plots of a training run</source>
        <translation>Gráficos de uma execução de treino</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Predefinição</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Progresso da execução</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Read a GPT_CONFIG_… = {…} from the clipboard (Ctrl+V in the form)</source>
        <translation>Ler um GPT_CONFIG_… = {…} da área de transferência (Ctrl+V no formulário)</translation>
    </message>
    <message>
        <source>Reading the corpus…</source>
        <translation>Lendo o corpus…</translation>
    </message>
    <message>
        <source>Remaining</source>
        <translation>Restante</translation>
    </message>
    <message>
        <source>Remove from the plots</source>
        <translation>Tirar dos gráficos</translation>
    </message>
    <message>
        <source>Rename run</source>
        <translation>Renomear execução</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Renomear…</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Retomar</translation>
    </message>
    <message>
        <source>Resume all the same</source>
        <translation>Retomar mesmo assim</translation>
    </message>
    <message>
        <source>Resume goes on from the checkpoint of step {step}.</source>
        <translation>Retomar continua do checkpoint do passo {step}.</translation>
    </message>
    <message>
        <source>Resume starts it again: no checkpoint.</source>
        <translation>Retomar recomeça: não há checkpoint.</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Execuções</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>Desenho SVG</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Amostras</translation>
    </message>
    <message>
        <source>Search the runs</source>
        <translation>Buscar nas execuções</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semente</translation>
    </message>
    <message>
        <source>Sequences in one forward pass; more are smoother and need more memory. On CUDA those of a step are batch_size · grad_accumulation, as many at once as the card holds.</source>
        <translation>Sequências em um forward; com mais delas o gradiente varia menos, e é preciso mais memória. Em CUDA, as de um passo são batch_size · grad_accumulation, tantas de uma vez quantas couberem na placa.</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>Configurações que diferem</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Mostrar pasta</translation>
    </message>
    <message>
        <source>Show log</source>
        <translation>Mostrar log</translation>
    </message>
    <message>
        <source>Show older samples</source>
        <translation>Mostrar amostras mais antigas</translation>
    </message>
    <message>
        <source>Show the whole run, also what is planned (Home)</source>
        <translation>Mostrar a execução inteira, também o que está planejado (Home)</translation>
    </message>
    <message>
        <source>Show what is trained</source>
        <translation>Mostrar o que já foi treinado</translation>
    </message>
    <message>
        <source>Show what is trained (F, or double-click a plot)</source>
        <translation>Mostrar o que foi treinado (F, ou clique duplo em um gráfico)</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Suavização</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espaço</translation>
    </message>
    <message>
        <source>Start begins a branch of {run} at step {step}, with what you change here. Its weights keep their sizes.</source>
        <translation>Iniciar começa um ramo de {run} no passo {step}, com o que você mudar aqui. Os pesos mantêm seus tamanhos.</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Começar de</translation>
    </message>
    <message>
        <source>Start from weights: a Hugging Face folder</source>
        <translation>Começar com pesos: uma pasta do Hugging Face</translation>
    </message>
    <message>
        <source>Start trains what the form says.</source>
        <translation>Iniciar treina o que o formulário diz.</translation>
    </message>
    <message>
        <source>Start##training</source>
        <translation>Iniciar</translation>
    </message>
    <message>
        <source>Steps between two checkpoints; a killed run resumes from the last.</source>
        <translation>Passos entre dois checkpoints; uma execução encerrada à força retoma do último.</translation>
    </message>
    <message>
        <source>Steps between two text samples; 0 writes none.</source>
        <translation>Passos entre duas amostras de texto; 0 não escreve nenhuma.</translation>
    </message>
    <message>
        <source>Steps between two validations.</source>
        <translation>Passos entre duas validações.</translation>
    </message>
    <message>
        <source>Steps in which the learning rate rises from 0 to its peak.</source>
        <translation>Passos em que a taxa de aprendizado sobe de 0 ao pico.</translation>
    </message>
    <message>
        <source>Stopped after {tokens}.</source>
        <translation>Parado depois de {tokens}.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Parado.</translation>
    </message>
    <message>
        <source>Take the answer as it is (Esc)</source>
        <translation>Ficar com a resposta como está (Esc)</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatura</translation>
    </message>
    <message>
        <source>The export could not be started: {reason}.</source>
        <translation>A exportação não pôde ser iniciada: {reason}.</translation>
    </message>
    <message>
        <source>The export ended without a word.</source>
        <translation>A exportação terminou sem dizer nada.</translation>
    </message>
    <message>
        <source>The form of a run has no {field} {value}.</source>
        <translation>O formulário de uma execução não tem {field} {value}.</translation>
    </message>
    <message>
        <source>The horizontal axis of every plot in hours of training, without pauses and what lies before a resume</source>
        <translation>O eixo horizontal de todos os gráficos em horas de treino, sem pausas e sem o que vem antes de uma retomada</translation>
    </message>
    <message>
        <source>The horizontal axis of every plot in steps</source>
        <translation>O eixo horizontal de todos os gráficos em passos</translation>
    </message>
    <message>
        <source>The horizontal axis of every plot in tokens seen</source>
        <translation>O eixo horizontal de todos os gráficos em tokens vistos</translation>
    </message>
    <message>
        <source>The horizontal axis of every plot logarithmic</source>
        <translation>O eixo horizontal de todos os gráficos logarítmico</translation>
    </message>
    <message>
        <source>The loss on a logarithmic axis</source>
        <translation>A perda em um eixo logarítmico</translation>
    </message>
    <message>
        <source>The order of the runs</source>
        <translation>A ordem das execuções</translation>
    </message>
    <message>
        <source>The other way round</source>
        <translation>Na ordem inversa</translation>
    </message>
    <message>
        <source>The output head has weights of its own.</source>
        <translation>A camada de saída tem pesos próprios.</translation>
    </message>
    <message>
        <source>The output head shares the token embedding.</source>
        <translation>A camada de saída compartilha o embedding de tokens.</translation>
    </message>
    <message>
        <source>The pasted configuration is GPT-2 {preset}: its optimizer settings were filled in too.</source>
        <translation>A configuração colada é o GPT-2 {preset}: as configurações do otimizador também foram preenchidas.</translation>
    </message>
    <message>
        <source>The plots are in {path}.</source>
        <translation>Os gráficos estão em {path}.</translation>
    </message>
    <message>
        <source>The plots were not exported</source>
        <translation>Os gráficos não foram exportados</translation>
    </message>
    <message>
        <source>The run begins with the weights in {folder}: its sizes and tokenizer were filled in.</source>
        <translation>A execução começa com os pesos em {folder}: tamanhos e tokenizador foram preenchidos.</translation>
    </message>
    <message>
        <source>The run could not be started: {reason}</source>
        <translation>A execução não pôde ser iniciada: {reason}</translation>
    </message>
    <message>
        <source>The run goes on from its first step: it has no checkpoint.</source>
        <translation>A execução continua do primeiro passo: não tem checkpoint.</translation>
    </message>
    <message>
        <source>The run goes on from the checkpoint of step {step}.</source>
        <translation>A execução continua do checkpoint do passo {step}.</translation>
    </message>
    <message>
        <source>The run goes on with these from its next step on. Each change is marked on the plots.</source>
        <translation>A execução continua com estas a partir do próximo passo. Cada mudança é marcada nos gráficos.</translation>
    </message>
    <message>
        <source>The run in {folder} is called {name}.</source>
        <translation>A execução em {folder} se chama {name}.</translation>
    </message>
    <message>
        <source>The run starts as soon as its corpus is read.</source>
        <translation>A execução começa assim que o corpus for lido.</translation>
    </message>
    <message>
        <source>The run was not opened</source>
        <translation>A execução não foi aberta</translation>
    </message>
    <message>
        <source>The run {run} cannot be read: {reason}.</source>
        <translation>A execução {run} não pode ser lida: {reason}.</translation>
    </message>
    <message>
        <source>The settings that differ between the chosen runs</source>
        <translation>As configurações que diferem entre as execuções escolhidas</translation>
    </message>
    <message>
        <source>The share of activations that are zeroed at random while training, against overfitting.</source>
        <translation>A fração das ativações zeradas ao acaso durante o treino, contra o overfitting.</translation>
    </message>
    <message>
        <source>The step at which the cosine of the learning rate ends; 0 ends it at max_steps.</source>
        <translation>O passo em que o cosseno da taxa de aprendizado termina; 0 o termina em max_steps.</translation>
    </message>
    <message>
        <source>The table is in {path}.</source>
        <translation>A tabela está em {path}.</translation>
    </message>
    <message>
        <source>The text holds {n} configurations. Fill in:</source>
        <translation>O texto contém {n} configurações. Preencher com:</translation>
    </message>
    <message>
        <source>The text to learn from: one that ships, a text file, or a folder of them.</source>
        <translation>O texto de onde aprender: um dos que acompanham o programa, um arquivo de texto ou uma pasta deles.</translation>
    </message>
    <message>
        <source>The token; one of the bytes of a character stands as \xe2</source>
        <translation>O token; um dos bytes de um caractere aparece como \xe2</translation>
    </message>
    <message>
        <source>The trainer ended before it began.</source>
        <translation>O treinador terminou antes de começar.</translation>
    </message>
    <message>
        <source>The process of {run} did not answer and was ended.</source>
        <translation>O processo de {run} não respondeu e foi encerrado.</translation>
    </message>
    <message>
        <source>Nothing came from the trainer since {since}, though its process {pid} lives. Stop ends it.</source>
        <translation>Nada veio do treinador desde {since}, embora o processo {pid} dele viva. Parar o encerra.</translation>
    </message>
    <message>
        <source>Its process {pid} is held by a signal, nothing came since {since}. “kill -CONT {pid}” lets it go on; Stop lets it go on and ends it.</source>
        <translation>O processo {pid} dele está retido por um sinal, nada veio desde {since}. “kill -CONT {pid}” o deixa continuar; Parar o deixa continuar e o encerra.</translation>
    </message>
    <message>
        <source>{file} is gone.</source>
        <translation>{file} não está mais lá.</translation>
    </message>
    <message>
        <source>Its folder has records of steps before step {step}, its first: they are left out.</source>
        <translation>A pasta dela tem registros de passos anteriores ao passo {step}, o primeiro dela: eles ficam de fora.</translation>
    </message>
    <message>
        <source>Its records go on behind step {step}, at which it ended: somebody else wrote these.</source>
        <translation>Os registros dela continuam depois do passo {step}, em que ela terminou: outra mão escreveu esses.</translation>
    </message>
    <message>
        <source>Its checkpoint of step {step} is gone or damaged: the newest is that of step {newest}.</source>
        <translation>O checkpoint do passo {step} dela se perdeu ou foi danificado: o mais novo é o do passo {newest}.</translation>
    </message>
    <message>
        <source>Its checkpoint of step {step} is gone or damaged, and there is no other.</source>
        <translation>O checkpoint do passo {step} dela se perdeu ou foi danificado, e não há outro.</translation>
    </message>
    <message>
        <source>Of its {last} steps {n} have no record: their lines were lost or damaged.</source>
        <translation>Dos {last} passos dela, {n} não têm registro: as linhas se perderam ou foram danificadas.</translation>
    </message>
    <message numerus="yes">
        <source>{n} validations have no record: their lines were lost or damaged.</source>
        <translation>
            <numerusform>{n} validação não tem registro: a linha dela se perdeu ou foi danificada.</numerusform>
            <numerusform>{n} validações não têm registro: as linhas delas se perderam ou foram danificadas.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} samples have no record: their lines were lost or damaged.</source>
        <translation>
            <numerusform>{n} amostra não tem registro: a linha dela se perdeu ou foi danificada.</numerusform>
            <numerusform>{n} amostras não têm registro: as linhas delas se perderam ou foram danificadas.</numerusform>
        </translation>
    </message>
    <message>
        <source>{file} has other lines from before step {step} than the run wrote.</source>
        <translation>{file} tem, de antes do passo {step}, outras linhas que as gravadas pela execução.</translation>
    </message>
    <message>
        <source>Read as {number}.</source>
        <translation>Lido como {number}.</translation>
    </message>
    <message>
        <source>Its settings are lost: run.json is missing, and no checkpoint has a copy of it. What it recorded is shown.</source>
        <translation>As configurações dela se perderam: run.json falta, e nenhum checkpoint tem uma cópia dele. O que ela registrou é mostrado.</translation>
    </message>
    <message>
        <source>Its settings are lost: run.json is damaged ({reason}), and no checkpoint has a copy of it. What it recorded is shown.</source>
        <translation>As configurações dela se perderam: run.json está danificado ({reason}), e nenhum checkpoint tem uma cópia dele. O que ela registrou é mostrado.</translation>
    </message>
    <message>
        <source>The trainer printed nothing.</source>
        <translation>O treinador não escreveu nada.</translation>
    </message>
    <message>
        <source>The trainer stopped unexpectedly at step {step}.</source>
        <translation>O treinador parou inesperadamente no passo {step}.</translation>
    </message>
    <message>
        <source>The trainer stopped unexpectedly while it prepared the corpus. Resume prepares it again.</source>
        <translation>O treinador parou inesperadamente enquanto preparava o corpus. Retomar o prepara de novo.</translation>
    </message>
    <message>
        <source>The weights that it begins with: random ones, or those of a Hugging Face folder with a GPT-2, whose sizes and tokenizer it then has.</source>
        <translation>Os pesos com que começa: aleatórios, ou os de uma pasta do Hugging Face com um GPT-2, de que herda tamanhos e tokenizador.</translation>
    </message>
    <message>
        <source>The weights were not exported</source>
        <translation>Os pesos não foram exportados</translation>
    </message>
    <message>
        <source>The width of the vector that stands for one token on its way through the blocks.</source>
        <translation>A largura do vetor que representa um token no caminho pelos blocos.</translation>
    </message>
    <message>
        <source>These are all tokens.</source>
        <translation>Estes são todos os tokens.</translation>
    </message>
    <message>
        <source>These runs are validated on different texts: their losses do not compare them.</source>
        <translation>Estas execuções são validadas em textos diferentes: suas perdas não as comparam.</translation>
    </message>
    <message>
        <source>These runs have different vocabularies: a loss per token does not compare them.</source>
        <translation>Estas execuções têm vocabulários diferentes: uma perda por token não as compara.</translation>
    </message>
    <message>
        <source>These weights as a Hugging Face folder</source>
        <translation>Estes pesos como uma pasta do Hugging Face</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>Isso não pode ser desfeito.</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Vazão</translation>
    </message>
    <message>
        <source>Tied, in total</source>
        <translation>Compartilhada, ao todo</translation>
    </message>
    <message>
        <source>Tied, the head is the token embedding itself (124M); untied, it has weights of its own (163M).</source>
        <translation>Compartilhada, a camada de saída é o próprio embedding de tokens (124M); separada, tem pesos próprios (163M).</translation>
    </message>
    <message>
        <source>Token {n}, “{token}”: rank {rank} of {n_tokens}</source>
        <translation>Token {n}, “{token}”: posição {rank} de {n_tokens}</translation>
    </message>
    <message>
        <source>Token {token}: {text}, number {n} of the answer</source>
        <translation>Token {token}: {text}, número {n} da resposta</translation>
    </message>
    <message>
        <source>Token {token}: {text}, number {n} of the prompt</source>
        <translation>Token {token}: {text}, número {n} do prompt</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>Tokenizador</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Tokens in one text sample.</source>
        <translation>Tokens em uma amostra de texto.</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>Tokens por segundo</translation>
    </message>
    <message>
        <source>Tokens per step</source>
        <translation>Tokens por passo</translation>
    </message>
    <message>
        <source>Too little memory</source>
        <translation>Memória insuficiente</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Train / val loss</source>
        <translation>Perda treino / val.</translation>
    </message>
    <message>
        <source>Trainer paused</source>
        <translation>Treinador pausado</translation>
    </message>
    <message>
        <source>Trainer preparing</source>
        <translation>Treinador preparando</translation>
    </message>
    <message>
        <source>Trainer running</source>
        <translation>Treinador em execução</translation>
    </message>
    <message>
        <source>Trainer starting</source>
        <translation>Treinador iniciando</translation>
    </message>
    <message>
        <source>Trainer stopping</source>
        <translation>Treinador parando</translation>
    </message>
    <message>
        <source>Trains on {host}; here it can only be watched.</source>
        <translation>Treina em {host}; aqui só pode ser observada.</translation>
    </message>
    <message>
        <source>Type a prompt and press Enter: the chosen weights go on from it, token by token. Each token has a ground of its own; rest the mouse on one, or go to it with ← and →, to see what else could have come.

The weights are those of the run chosen on the right: live while it trains, or of any of its checkpoints. Or choose a folder with a GPT-2, such as one that Export weights… has written.</source>
        <translation>Digite um prompt e aperte Enter: os pesos escolhidos continuam a partir dele, token por token. Cada token tem um fundo próprio; pouse o mouse em um, ou vá até ele com ← e →, para ver o que mais poderia ter vindo.

Os pesos são os da execução escolhida à direita: ao vivo enquanto treina, ou de qualquer um de seus checkpoints. Ou escolha uma pasta com um GPT-2, como uma gravada por Exportar pesos….</translation>
    </message>
    <message>
        <source>Untied, in total</source>
        <translation>Separada, ao todo</translation>
    </message>
    <message>
        <source>Validation is at its best: {best} at step {step}, training {train}.</source>
        <translation>A validação está no seu melhor valor: {best} no passo {step}, treino {train}.</translation>
    </message>
    <message>
        <source>Validation is at its best: {best} at step {step}.</source>
        <translation>A validação está no seu melhor valor: {best} no passo {step}.</translation>
    </message>
    <message>
        <source>Validations in a row without a better one after which the run ends; 0 never ends it. With it, each better one writes a checkpoint.</source>
        <translation>Validações seguidas sem uma melhor depois das quais a execução termina; 0 nunca a termina. Com isso, cada uma melhor grava um checkpoint.</translation>
    </message>
    <message>
        <source>Values that belong together; each of them can still be changed.</source>
        <translation>Valores que combinam; cada um ainda pode ser mudado.</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Pesos</translation>
    </message>
    <message>
        <source>Weights exported</source>
        <translation>Pesos exportados</translation>
    </message>
    <message>
        <source>Weights of a folder…</source>
        <translation>Pesos de uma pasta…</translation>
    </message>
    <message>
        <source>Weights, gradients, AdamW</source>
        <translation>Pesos, gradientes, AdamW</translation>
    </message>
    <message>
        <source>What a sample begins with; \n is a line break.</source>
        <translation>Com o que uma amostra começa; \n é uma quebra de linha.</translation>
    </message>
    <message>
        <source>What answers could not be started: {reason}.</source>
        <translation>O processo que responde não pôde ser iniciado: {reason}.</translation>
    </message>
    <message>
        <source>What answers has ended.</source>
        <translation>O processo que responde terminou.</translation>
    </message>
    <message>
        <source>What could have come</source>
        <translation>O que poderia ter vindo</translation>
    </message>
    <message>
        <source>What differs between the chosen runs</source>
        <translation>O que difere entre as execuções escolhidas</translation>
    </message>
    <message>
        <source>What differs…</source>
        <translation>O que difere…</translation>
    </message>
    <message>
        <source>What else can be done</source>
        <translation>O que mais se pode fazer</translation>
    </message>
    <message>
        <source>What is left of its rate's schedule is scaled.</source>
        <translation>O que resta do cronograma da taxa é reescalado.</translation>
    </message>
    <message>
        <source>What the model goes on from. Enter asks, Shift+Enter is a new line, ↑ and ↓ bring back earlier ones</source>
        <translation>De onde o modelo continua. Enter pergunta, Shift+Enter é uma nova linha, ↑ e ↓ trazem de volta os anteriores</translation>
    </message>
    <message>
        <source>What the model says: the softmax of its logits over all tokens</source>
        <translation>O que o modelo diz: a softmax de seus logits sobre todos os tokens</translation>
    </message>
    <message>
        <source>What the model writes as it learns stands here.</source>
        <translation>Aqui fica o que o modelo escreve enquanto aprende.</translation>
    </message>
    <message>
        <source>What turns text into tokens.</source>
        <translation>O que transforma texto em tokens.</translation>
    </message>
    <message>
        <source>Where it is computed; automatic takes CUDA, then MPS, then the CPU.</source>
        <translation>Onde se calcula; automático usa CUDA, senão MPS, senão a CPU.</translation>
    </message>
    <message>
        <source>Where the cosine of the learning rate ends, and then stays.</source>
        <translation>Onde o cosseno da taxa de aprendizado termina, e depois fica.</translation>
    </message>
    <message>
        <source>Where the random numbers start: the same seed gives the same text</source>
        <translation>Onde os números aleatórios começam: a mesma semente dá o mesmo texto</translation>
    </message>
    <message>
        <source>Where the random numbers start; the same seed gives the same run.</source>
        <translation>Onde os números aleatórios começam; a mesma semente dá a mesma execução.</translation>
    </message>
    <message>
        <source>Whether the projections to query, key and value add a bias; OpenAI's GPT-2 does.</source>
        <translation>Se as projeções para query, key e value somam um viés; o GPT-2 da OpenAI soma.</translation>
    </message>
    <message>
        <source>Whose weights answer</source>
        <translation>De quem são os pesos que respondem</translation>
    </message>
    <message>
        <source>Whose weights answer: of the chosen run, live or as a checkpoint keeps them, or of a folder</source>
        <translation>De quem são os pesos que respondem: da execução escolhida, ao vivo ou como um checkpoint os guarda, ou de uma pasta</translation>
    </message>
    <message>
        <source>With more patience; 0 has it for ever.</source>
        <translation>Com mais paciência; 0 a tem para sempre.</translation>
    </message>
    <message>
        <source>With which chance it is drawn: after temperature and top-k</source>
        <translation>Com que chance é sorteado: depois de temperatura e top-k</translation>
    </message>
    <message>
        <source>Words of a run's name, folder or state (Ctrl+F); Esc clears it</source>
        <translation>Palavras do nome, da pasta ou do estado de uma execução (Ctrl+F); Esc limpa</translation>
    </message>
    <message>
        <source>Writing the table…</source>
        <translation>Gravando a tabela…</translation>
    </message>
    <message>
        <source>at step</source>
        <translation>no passo</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>atenção</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automático</translation>
    </message>
    <message>
        <source>best checkpoint</source>
        <translation>melhor checkpoint</translation>
    </message>
    <message>
        <source>best validation loss</source>
        <translation>melhor perda de validação</translation>
    </message>
    <message>
        <source>branch of {run} at step {step}</source>
        <translation>ramo de {run} no passo {step}</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>bytes</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>caracteres</translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation>checkpoint</translation>
    </message>
    <message>
        <source>cpu</source>
        <translation>cpu</translation>
    </message>
    <message>
        <source>crashed</source>
        <translation>caiu</translation>
    </message>
    <message>
        <source>custom</source>
        <translation>personalizada</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>sorteio</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>concluída</translation>
    </message>
    <message>
        <source>fixed while training</source>
        <translation>fixo durante o treino</translation>
    </message>
    <message>
        <source>folder {name}</source>
        <translation>pasta {name}</translation>
    </message>
    <message>
        <source>from {step}</source>
        <translation>desde {step}</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>horas</translation>
    </message>
    <message>
        <source>live weights of {run}</source>
        <translation>pesos ao vivo de {run}</translation>
    </message>
    <message>
        <source>log hours</source>
        <translation>log horas</translation>
    </message>
    <message>
        <source>branch at step {step}</source>
        <translation>ramo no passo {step}</translation>
    </message>
    <message>
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <source>The gradient norm on a logarithmic axis</source>
        <translation>A norma do gradiente em um eixo logarítmico</translation>
    </message>
    <message numerus="yes">
        <source>{n} gradient norms of 0: ▼ at the foot of the logarithmic axis.</source>
        <translation>
            <numerusform>{n} norma de gradiente 0: ▼ ao pé do eixo logarítmico.</numerusform>
            <numerusform>{n} normas de gradiente 0: ▼ ao pé do eixo logarítmico.</numerusform>
        </translation>
    </message>
    <message>
        <source>log loss</source>
        <translation>log perda</translation>
    </message>
    <message>
        <source>log steps</source>
        <translation>log passos</translation>
    </message>
    <message>
        <source>log tokens</source>
        <translation>log tokens</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>n/d</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>nats</translation>
    </message>
    <message>
        <source>nats per token</source>
        <translation>nats por token</translation>
    </message>
    <message>
        <source>new run</source>
        <translation>nova execução</translation>
    </message>
    <message>
        <source>newest</source>
        <translation>mais nova</translation>
    </message>
    <message>
        <source>newest checkpoint</source>
        <translation>checkpoint mais novo</translation>
    </message>
    <message>
        <source>newest training loss</source>
        <translation>perda de treino mais recente</translation>
    </message>
    <message>
        <source>newest validation loss</source>
        <translation>perda de validação mais recente</translation>
    </message>
    <message>
        <source>no weights chosen</source>
        <translation>nenhum peso escolhido</translation>
    </message>
    <message>
        <source>norms</source>
        <translation>normas</translation>
    </message>
    <message>
        <source>not counted yet</source>
        <translation>ainda não contados</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>ainda não lido</translation>
    </message>
    <message>
        <source>not smoothed</source>
        <translation>sem suavização</translation>
    </message>
    <message>
        <source>not trained yet</source>
        <translation>ainda não treinado</translation>
    </message>
    <message>
        <source>of a branch</source>
        <translation>de um ramo</translation>
    </message>
    <message>
        <source>of this run</source>
        <translation>desta execução</translation>
    </message>
    <message>
        <source>of {n}</source>
        <translation>de {n}</translation>
    </message>
    <message>
        <source>origin</source>
        <translation>origem</translation>
    </message>
    <message>
        <source>output head</source>
        <translation>camada de saída</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>parâmetros</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausada</translation>
    </message>
    <message>
        <source>positions</source>
        <translation>posições</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>preparando</translation>
    </message>
    <message>
        <source>preparing its corpus, {share}</source>
        <translation>preparando o corpus, {share}</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>probabilidade</translation>
    </message>
    <message>
        <source>random weights</source>
        <translation>pesos aleatórios</translation>
    </message>
    <message>
        <source>result or setting</source>
        <translation>resultado ou configuração</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>configuração</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>suavizada</translation>
    </message>
    <message>
        <source>smoothed {weight}</source>
        <translation>suavizada {weight}</translation>
    </message>
    <message>
        <source>smoothing {weight}</source>
        <translation>suavização {weight}</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>iniciando</translation>
    </message>
    <message>
        <source>state</source>
        <translation>estado</translation>
    </message>
    <message>
        <source>step</source>
        <translation>passo</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>passo {step}</translation>
    </message>
    <message>
        <source>step {step}, {state}</source>
        <translation>passo {step}, {state}</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>passos</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>parando</translation>
    </message>
    <message>
        <source>the best</source>
        <translation>o melhor</translation>
    </message>
    <message>
        <source>the newest</source>
        <translation>o mais novo</translation>
    </message>
    <message>
        <source>tied</source>
        <translation>compartilhada</translation>
    </message>
    <message>
        <source>token</source>
        <translation>token</translation>
    </message>
    <message>
        <source>token embedding</source>
        <translation>embedding de tokens</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>tokens</translation>
    </message>
    <message>
        <source>tokens per second, median</source>
        <translation>tokens por segundo, mediana</translation>
    </message>
    <message>
        <source>tokens per step</source>
        <translation>tokens por passo</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>tokens/s</translation>
    </message>
    <message>
        <source>torch.compile: faster steps, which take over after a minute or so; their losses repeat to rounding, not to the bit. Automatic compiles on CUDA.</source>
        <translation>torch.compile: passos mais rápidos, que entram em uso depois de cerca de um minuto; as perdas se repetem a menos do arredondamento, não bit a bit. Automático compila em CUDA.</translation>
    </message>
    <message>
        <source>train {loss}</source>
        <translation>treino {loss}</translation>
    </message>
    <message>
        <source>train, every step</source>
        <translation>treino, cada passo</translation>
    </message>
    <message>
        <source>train, smoothed {weight}</source>
        <translation>treino, suavizado {weight}</translation>
    </message>
    <message>
        <source>trained</source>
        <translation>treinado</translation>
    </message>
    <message>
        <source>training</source>
        <translation>treinando</translation>
    </message>
    <message>
        <source>training time</source>
        <translation>tempo de treino</translation>
    </message>
    <message>
        <source>uniform guess ln {n} = {loss}</source>
        <translation>palpite uniforme ln {n} = {loss}</translation>
    </message>
    <message>
        <source>unigram entropy of the corpus {loss}</source>
        <translation>entropia de unigramas do corpus {loss}</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>ilegível</translation>
    </message>
    <message>
        <source>untied</source>
        <translation>separada</translation>
    </message>
    <message>
        <source>val</source>
        <translation>val.</translation>
    </message>
    <message>
        <source>val at {step}</source>
        <translation>val. em {step}</translation>
    </message>
    <message>
        <source>val {loss}</source>
        <translation>val. {loss}</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>validação</translation>
    </message>
    <message>
        <source>validation loss {loss}</source>
        <translation>perda de validação {loss}</translation>
    </message>
    <message>
        <source>{files} of its folder: some lines cannot be read, and are left out.</source>
        <translation>{files} da pasta: algumas linhas não podem ser lidas e ficam de fora.</translation>
    </message>
    <message>
        <source>{micro_batch} × {n} sequences a step, compiled</source>
        <translation>{micro_batch} × {n} sequências por passo, compilado</translation>
    </message>
    <message>
        <source>{micro_batch} × {n} sequences a step, eager</source>
        <translation>{micro_batch} × {n} sequências por passo, eager</translation>
    </message>
    <message>
        <source>{micro_batch} × {n} sequences a step, eager while it is compiled</source>
        <translation>{micro_batch} × {n} sequências por passo, eager enquanto é compilado</translation>
    </message>
    <message>
        <source>{n_steps} steps of {n_tokens} tokens</source>
        <translation>{n_steps} passos de {n_tokens} tokens</translation>
    </message>
    <message numerus="yes">
        <source>{n} files</source>
        <translation>
            <numerusform>{n} arquivo</numerusform>
            <numerusform>{n} arquivos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} losses of 0 or less: ▼ at the foot of the logarithmic axis.</source>
        <translation>
            <numerusform>{n} perda de 0 ou menos: ▼ ao pé do eixo logarítmico.</numerusform>
            <numerusform>{n} perdas de 0 ou menos: ▼ ao pé do eixo logarítmico.</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{n} de {all}</translation>
    </message>
    <message numerus="yes">
        <source>{n} other settings are equal.</source>
        <translation>
            <numerusform>{n} outra configuração é igual.</numerusform>
            <numerusform>{n} outras configurações são iguais.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} other tokens: {probability}, drawn with {chance}</source>
        <translation>
            <numerusform>{n} outro token: {probability}, sorteado com {chance}</numerusform>
            <numerusform>{n} outros tokens: {probability}, sorteados com {chance}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} points at 0 {unit} have no place on a logarithmic axis.</source>
        <translation>
            <numerusform>{n} ponto em 0 {unit} não tem lugar em um eixo logarítmico.</numerusform>
            <numerusform>{n} pontos em 0 {unit} não têm lugar em um eixo logarítmico.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} tokens</source>
        <translation>
            <numerusform>{n} token</numerusform>
            <numerusform>{n} tokens</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} tokens every {every} steps</source>
        <translation>{n} tokens a cada {every} passos</translation>
    </message>
    <message>
        <source>{n} trainers running</source>
        <translation>{n} treinadores em execução</translation>
    </message>
    <message>
        <source>{path} could not be deleted: {reason}.</source>
        <translation>{path} não pôde ser excluído: {reason}.</translation>
    </message>
    <message>
        <source>{path} could not be written: {reason}.</source>
        <translation>{path} não pôde ser gravado: {reason}.</translation>
    </message>
    <message>
        <source>{plot} against steps</source>
        <translation>{plot} por passos</translation>
    </message>
    <message>
        <source>{run} goes on with it from its next step on.</source>
        <translation>{run} continua com isso a partir do próximo passo.</translation>
    </message>
    <message>
        <source>{run} goes on with other settings.</source>
        <translation>{run} continua com outras configurações.</translation>
    </message>
    <message>
        <source>{run} has no checkpoint yet that a branch could begin with.</source>
        <translation>{run} ainda não tem checkpoint com que um ramo possa começar.</translation>
    </message>
    <message>
        <source>{run} starts again: it has no checkpoint yet.</source>
        <translation>{run} começa de novo: ainda não tem checkpoint.</translation>
    </message>
    <message>
        <source>{run} resumes from its checkpoint.</source>
        <translation>{run} retoma do checkpoint.</translation>
    </message>
    <message>
        <source>{run} trains in a process of its own. The window can be closed, training goes on.</source>
        <translation>{run} treina em um processo próprio. A janela pode ser fechada, o treino continua.</translation>
    </message>
    <message>
        <source>{run} trains on {host}; here it can only be watched.</source>
        <translation>{run} treina em {host}; aqui só pode ser observada.</translation>
    </message>
    <message>
        <source>{run} trains on.</source>
        <translation>{run} continua treinando.</translation>
    </message>
    <message>
        <source>{run} will pause after this step.</source>
        <translation>{run} vai pausar depois deste passo.</translation>
    </message>
    <message>
        <source>{run} will stop.</source>
        <translation>{run} vai parar.</translation>
    </message>
    <message>
        <source>{run} · loss in nats per token</source>
        <translation>{run} · perda em nats por token</translation>
    </message>
    <message>
        <source>{run}, to {step}</source>
        <translation>{run}, até {step}</translation>
    </message>
    <message>
        <source>{source}, validation after {n} steps {loss}</source>
        <translation>{source}, validação após {n} passos {loss}</translation>
    </message>
    <message>
        <source>{source}. The model sees the last {n_seen} of the prompt's {n} tokens: its context is full.</source>
        <translation>{source}. O modelo vê os últimos {n_seen} dos {n} tokens do prompt: seu contexto está cheio.</translation>
    </message>
    <message>
        <source>{text}, token {n}
probability {probability}
drawn with {chance}</source>
        <translation>{text}, token {n}
probabilidade {probability}
sorteado com {chance}</translation>
    </message>
    <message>
        <source>{tokens}, {rate} a second</source>
        <translation>{tokens}, {rate} por segundo</translation>
    </message>
    <message>
        <source>{trainer}, pid {pid}</source>
        <translation>{trainer}, pid {pid}</translation>
    </message>
</context>
</TS>
