<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_said_by_the_window</name>
    <message id="export.running">
        <source>An export is under way; the next one can begin when it has ended.</source>
        <translation>Uma exportação está em andamento; a próxima pode começar quando ela terminar.</translation>
    </message>
    <message id="export.png_too_large">
        <source>As a PNG this graph would have {width:,} × {height:,} pixels, too many to be drawn at once: export it as SVG or PDF, which hold any size, or fold modules first.</source>
        <translation>Como PNG este grafo teria {width:,} × {height:,} pixels, demais para desenhar de uma vez: exporte-o como SVG ou PDF, que comportam qualquer tamanho, ou recolha módulos antes.</translation>
    </message>
    <message id="builder.never_arrives">
        <source>From {start} to {end} in steps of {step} never arrives.</source>
        <translation>De {start} a {end} em passos de {step} nunca se chega.</translation>
    </message>
    <message id="builder.columns_missing">
        <source>Give the number of columns as a whole number.</source>
        <translation>Dê o número de colunas como número inteiro.</translation>
    </message>
    <message id="builder.rows_missing">
        <source>Give the number of rows as a whole number.</source>
        <translation>Dê o número de linhas como número inteiro.</translation>
    </message>
    <message id="builder.steps_missing">
        <source>Give the number of steps as a whole number.</source>
        <translation>Dê o número de passos como número inteiro.</translation>
    </message>
    <message id="builder.name_missing">
        <source>Give the tensor a name.</source>
        <translation>Dê um nome ao tensor.</translation>
    </message>
    <message id="builder.number_missing">
        <source>Give {parameter} a number.</source>
        <translation>Dê um número a {parameter}.</translation>
    </message>
    <message id="program.half_a_character">
        <source>Line {line} holds half a character, which no file can hold; delete it there.</source>
        <translation>A linha {line} contém meio caractere, que nenhum arquivo pode guardar; apague-o ali.</translation>
    </message>
    <message id="export.nothing">
        <source>Nothing was exported: {why}.</source>
        <translation>Nada foi exportado: {why}.</translation>
    </message>
    <message id="builder.not_differentiable">
        <source>Only floating-point and complex tensors can require a gradient; this one is {dtype}.</source>
        <translation>Só tensores de ponto flutuante e complexos podem requerer gradiente; este é {dtype}.</translation>
    </message>
    <message id="builder.rows_differ">
        <source>Rows differ: the values{place}[{index}] has the shape {shape}, the values{place}[0] has {first}.</source>
        <translation>As linhas diferem: os valores{place}[{index}] têm a forma {shape}, os valores{place}[0] têm {first}.</translation>
    </message>
    <message id="builder.cell_no_number">
        <source>The cell in row {row}, column {column} holds “{text}”, which is no number.</source>
        <translation>A célula na linha {row}, coluna {column} contém “{text}”, que não é um número.</translation>
    </message>
    <message id="pasted.empty">
        <source>The configuration is empty: none of the seven keys is in it.</source>
        <translation>A configuração está vazia: nenhuma das sete chaves está nela.</translation>
    </message>
    <message id="export.no_layout">
        <source>The graph is being laid out: export it as a drawing once it is there.</source>
        <translation>O grafo está sendo arranjado: exporte-o como desenho quando estiver pronto.</translation>
    </message>
    <message id="builder.grid_empty">
        <source>The grid has no cells.</source>
        <translation>A grade não tem células.</translation>
    </message>
    <message id="builder.no_seed">
        <source>The seed “{seed}” is no whole number.</source>
        <translation>A semente “{seed}” não é um número inteiro.</translation>
    </message>
    <message id="builder.values_not_read_near">
        <source>The values cannot be read near column {column}: write numbers in brackets, as [[1, 2], [3, 4]].</source>
        <translation>Os valores não podem ser lidos perto da coluna {column}: escreva números entre colchetes, como [[1, 2], [3, 4]].</translation>
    </message>
    <message id="builder.values_not_read">
        <source>The values cannot be read: write numbers in brackets, as [[1, 2], [3, 4]].</source>
        <translation>Os valores não podem ser lidos: escreva números entre colchetes, como [[1, 2], [3, 4]].</translation>
    </message>
    <message id="export.no_graph">
        <source>There is no graph to export yet.</source>
        <translation>Ainda não há grafo para exportar.</translation>
    </message>
    <message id="lesson.none_in_folder">
        <source>There is no lesson in {path}.{said}</source>
        <translation>Não há lição em {path}.{said}</translation>
    </message>
    <message id="builder.too_large">
        <source>This tensor would need {needed}; the builder makes up to {most}.</source>
        <translation>Este tensor precisaria de {needed}; o construtor faz até {most}.</translation>
    </message>
    <message id="builder.values_missing">
        <source>Write the values, for example [[1, 2], [3, 4]].</source>
        <translation>Escreva os valores, por exemplo [[1, 2], [3, 4]].</translation>
    </message>
    <message id="lesson.no_answer">
        <source>a guess has no line “= expression”</source>
        <translation>uma pergunta não tem a linha “= expressão”</translation>
    </message>
    <message id="lesson.half_exercise">
        <source>an exercise needs a task and a check</source>
        <translation>um exercício precisa de “task” e “check”</translation>
    </message>
    <message id="lesson.long_page">
        <source>it has more than 32 kB of text</source>
        <translation>ela tem mais de 32 kB de texto</translation>
    </message>
    <message id="lesson.two_programs">
        <source>it has two programs</source>
        <translation>ela tem dois programas</translation>
    </message>
    <message id="file.not_whole">
        <source>it is no whole {suffix} file</source>
        <translation>não é um arquivo {suffix} inteiro</translation>
    </message>
    <message id="builder.value_no_number">
        <source>the values{place} is {value!r}, which is no number.</source>
        <translation>os valores{place} são {value!r}, que não é um número.</translation>
    </message>
    <message id="lesson.no_python">
        <source>this is no Python: {said}</source>
        <translation>isto não é Python: {said}</translation>
    </message>
    <message id="builder.not_random">
        <source>{fill} makes floating-point numbers only; {dtype} is not one of them.</source>
        <translation>{fill} faz só números de ponto flutuante; {dtype} não é de ponto flutuante.</translation>
    </message>
    <message id="lesson.not_read">
        <source>{name} could not be read: {reason}.</source>
        <translation>{name} não pôde ser lido: {reason}.</translation>
    </message>
    <message id="program.binary">
        <source>{name} is a binary file, not a program.</source>
        <translation>{name} é um arquivo binário, não um programa.</translation>
    </message>
    <message id="notebook.other_language">
        <source>{name} is a notebook in {language}; programs here are Python.</source>
        <translation>{name} é um notebook em {language}; aqui os programas são em Python.</translation>
    </message>
    <message id="lesson.too_large">
        <source>{name} is larger than 1 MB, which is no lesson.</source>
        <translation>{name} tem mais de 1 MB, o que não é uma lição.</translation>
    </message>
    <message id="notebook.too_large">
        <source>{name} is larger than {n_megabytes} MB, which is no notebook.</source>
        <translation>{name} tem mais de {n_megabytes} MB, o que não é um notebook.</translation>
    </message>
    <message id="program.too_large">
        <source>{name} is larger than {n_megabytes} MB, which is no program.</source>
        <translation>{name} tem mais de {n_megabytes} MB, o que não é um programa.</translation>
    </message>
    <message id="notebook.not_read">
        <source>{name} is no Jupyter notebook: {reason}.</source>
        <translation>{name} não é um notebook do Jupyter: {reason}.</translation>
    </message>
    <message id="tensor_file.no_format">
        <source>{name} is no file of tensors that is known here.</source>
        <translation>{name} não é um arquivo de tensores conhecido aqui.</translation>
    </message>
    <message id="lesson.no_pages">
        <source>{name} is no lesson: it needs a line “# Title”, and “## Title” for each page.</source>
        <translation>{name} não é uma lição: precisa de uma linha “# Título”, e “## Título” para cada página.</translation>
    </message>
    <message id="program.does_not_decode">
        <source>{name} is not UTF-8 text: the byte at {position:,} does not decode.</source>
        <translation>{name} não é texto UTF-8: o byte em {position:,} não se decodifica.</translation>
    </message>
    <message id="program.not_python_text">
        <source>{name} is UTF-16 text, which Python does not run: save it as UTF-8.</source>
        <translation>{name} é texto em UTF-16, que o Python não executa: salve como UTF-8.</translation>
    </message>
    <message id="lesson.wrong_line">
        <source>{name}, line {line}, page “{page}”: {what}.</source>
        <translation>{name}, linha {line}, página “{page}”: {what}.</translation>
    </message>
    <message id="lesson.no_space">
        <source>{name}, line {line}: “{written}” begins no page: a space belongs after “##”.</source>
        <translation>{name}, linha {line}: “{written}” não começa uma página: depois de “##” vai um espaço.</translation>
    </message>
    <message id="lesson.second_title">
        <source>{name}, line {line}: this is a second title; a page begins with “## {title}”.</source>
        <translation>{name}, linha {line}: este é um segundo título; uma página começa com “## {title}”.</translation>
    </message>
    <message id="lesson.same_title">
        <source>{name}, line {line}: the page of line {other} is called “{title}”, too.</source>
        <translation>{name}, linha {line}: a página da linha {other} também se chama “{title}”.</translation>
    </message>
    <message id="lesson.tildes">
        <source>{name}, line {line}: “{begin}” begins no block: three backticks, ```, do.</source>
        <translation>{name}, linha {line}: “{begin}” não começa um bloco: são três crases, ```, que o começam.</translation>
    </message>
    <message id="lesson.empty_block">
        <source>“```{kind}” is empty</source>
        <translation>“```{kind}” está vazio</translation>
    </message>
    <message id="lesson.no_question">
        <source>a guess asks nothing</source>
        <translation>uma pergunta não pergunta nada</translation>
    </message>
    <message id="lesson.unsolved">
        <source>{said} {name}, line {line}: this check does not hold for the solution of its page.</source>
        <translation>{said} {name}, linha {line}: esta verificação não vale para a solução da própria página.</translation>
    </message>
    <message id="lesson.raising">
        <source>{said} {name}, line {line}: this check fails by itself.</source>
        <translation>{said} {name}, linha {line}: é a própria verificação que falha.</translation>
    </message>
    <message id="lesson.two_answers">
        <source>a guess has two lines “= expression”</source>
        <translation>uma pergunta tem duas linhas “= expressão”</translation>
    </message>
    <message id="lesson.no_title_at">
        <source>{name}, line {line}: a title is missing.</source>
        <translation>{name}, linha {line}: falta um título.</translation>
    </message>
    <message id="lesson.text_before">
        <source>{name}, line {line}: nothing can stand before the title.</source>
        <translation>{name}, linha {line}: nada pode ficar antes do título.</translation>
    </message>
    <message id="lesson.never_closed">
        <source>{name}, line {line}: the block that begins with “{begin}” is never closed.</source>
        <translation>{name}, linha {line}: o bloco que começa com “{begin}” não é fechado.</translation>
    </message>
    <message id="lesson.no_text_at">
        <source>{name}, line {line}: this is no UTF-8 text. Save the file in that encoding.</source>
        <translation>{name}, linha {line}: isto não é texto em UTF-8. Salve o arquivo nessa codificação.</translation>
    </message>
    <message id="lesson.indented">
        <source>{name}, line {line}: “{begin}” must begin at the start of its line.</source>
        <translation>{name}, linha {line}: “{begin}” precisa começar no início da linha.</translation>
    </message>
    <message id="builder.no_number">
        <source>{parameter} “{text}” is no number.</source>
        <translation>{parameter} “{text!s}” não é um número.</translation>
    </message>
    <message id="file.not_read">
        <source>{path} could not be read: {reason}.</source>
        <translation>{path} não pôde ser lido: {reason}.</translation>
    </message>
    <message id="lesson.folder_not_read">
        <source>{path} could not be read: {reason}.</source>
        <translation>{path} não pôde ser lida: {reason}.</translation>
    </message>
    <message id="file.no_row_of_numbers">
        <source>{path} has names of columns, and no row of numbers.</source>
        <translation>{path} tem nomes de colunas, e nenhuma linha de números.</translation>
    </message>
    <message id="file.no_column_of_numbers">
        <source>{path} has no column of numbers.</source>
        <translation>{path} não tem nenhuma coluna de números.</translation>
    </message>
    <message id="file.no_numbers">
        <source>{path} holds {dtype}, of which no tensor can be made.</source>
        <translation>{path} contém {dtype}, de que não se pode fazer um tensor.</translation>
    </message>
    <message id="program.is_folder">
        <source>{path} is a folder, not a program.</source>
        <translation>{path} é uma pasta, não um programa.</translation>
    </message>
    <message id="export.folder">
        <source>{path} is there already: choose a new or an empty folder.</source>
        <translation>{path} já existe: escolha uma pasta nova ou vazia.</translation>
    </message>
    <message id="file.write_protected">
        <source>{path} is write-protected: save under another name, or lift the protection.</source>
        <translation>{path} está protegido contra escrita: salve com outro nome ou remova a proteção.</translation>
    </message>
    <message id="run.trains_already">
        <source>{run} is training already.</source>
        <translation>{run} já está treinando.</translation>
    </message>
    <message id="export.no_suffix">
        <source>{thing} is exported as {known}, not as a file without a suffix.</source>
        <translation>{thing} é exportado como {known}, não como um arquivo sem extensão.</translation>
    </message>
    <message id="export.no_format">
        <source>{thing} is exported as {known}, not as {suffix}.</source>
        <translation>{thing} é exportado como {known}, não como {suffix}.</translation>
    </message>
    <message id="program.not_in_encoding">
        <source>“{character}” in the program is no character of {encoding}, the encoding that its first lines declare.</source>
        <translation>“{character}” no programa não é um caractere de {encoding}, a codificação que suas primeiras linhas declaram.</translation>
    </message>
    <message id="lesson.shows_nothing">
        <source>“{line}” shows nothing</source>
        <translation>“{line}” não mostra nada</translation>
    </message>
    <message id="builder.keyword">
        <source>“{name}” is a word of Python itself; choose another name.</source>
        <translation>“{name}” é uma palavra do próprio Python; escolha outro nome.</translation>
    </message>
    <message id="builder.no_name">
        <source>“{name}” is no name: use letters, digits and _, and do not begin with a digit.</source>
        <translation>“{name}” não é um nome: use letras, dígitos e _, e não comece com um dígito.</translation>
    </message>
    <message id="builder.no_shape">
        <source>“{text}” is no shape: write whole numbers such as 4, 3.</source>
        <translation>“{text}” não é uma forma: escreva números inteiros como 4, 3.</translation>
    </message>
    <message id="lesson.unknown_mark">
        <source>“{written}” is no mark; “{meant}” is one</source>
        <translation>“{written}” não é uma marca; “{meant}” é</translation>
    </message>
    <message id="layout.failed">
        <source>The graph could not be laid out: {reason}</source>
        <translation>O grafo não pôde ser arranjado: {reason}</translation>
    </message>
    <message id="layout.ended">
        <source>The layout process ended before it had an answer.</source>
        <translation>O processo que arranja o grafo terminou antes de ter uma resposta.</translation>
    </message>
    <message id="layout.ended_with">
        <source>The layout process ended before it had an answer: {reason}</source>
        <translation>O processo que arranja o grafo terminou antes de ter uma resposta: {reason}</translation>
    </message>
    <message id="export.why_no_graph">
        <source>there is no graph yet</source>
        <translation>ainda não há grafo</translation>
    </message>
    <message id="export.why_no_selection">
        <source>nothing is selected</source>
        <translation>nada está selecionado</translation>
    </message>
    <message id="export.why_selected_elsewhere">
        <source>what is selected is not in the graph</source>
        <translation>o que está selecionado não está no grafo</translation>
    </message>
    <message id="export.why_no_view">
        <source>nothing of the graph is in view</source>
        <translation>nada do grafo está à vista</translation>
    </message>
    <message id="export.why_no_pass">
        <source>no pass is recorded: F9 steps the output</source>
        <translation>nenhuma passagem está registrada: F9 percorre a saída</translation>
    </message>
    <message id="export.why_other_pass">
        <source>the recorded pass is over another graph</source>
        <translation>a passagem registrada é sobre outro grafo</translation>
    </message>
</context>
</TS>
