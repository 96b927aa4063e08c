<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>backprop_variables</name>
    <message>
        <source>A scalar's gradient, the norm of any other; sorts by the norm</source>
        <translation>O gradiente de um escalar, a norma de qualquer outro; ordena pela norma</translation>
    </message>
    <message>
        <source>Add {code}</source>
        <translation>Adicionar {code}</translation>
    </message>
    <message>
        <source>Add {code} at line {line}</source>
        <translation>Adicionar {code} na linha {line}</translation>
    </message>
    <message>
        <source>As in Find: {examples}</source>
        <translation>Como em Procurar: {examples}</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Limpar o filtro</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Diferença</translation>
    </message>
    <message>
        <source>Elements of the leaves that get a gradient</source>
        <translation>Elementos das folhas que recebem gradiente</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrar</translation>
    </message>
    <message>
        <source>Filter the variables</source>
        <translation>Filtrar as variáveis</translation>
    </message>
    <message>
        <source>The graph of an earlier run: the newest one has made none.</source>
        <translation>O grafo de uma execução anterior: a mais nova não fez nenhum.</translation>
    </message>
    <message>
        <source>Flat</source>
        <translation>Plano</translation>
    </message>
    <message>
        <source>How many nodes a backward pass runs here</source>
        <translation>Quantos nós uma passagem de backward executa aqui</translation>
    </message>
    <message>
        <source>In the order of the forward pass</source>
        <translation>Na ordem do forward</translation>
    </message>
    <message>
        <source>Memory that is kept for the backward pass, parameters included</source>
        <translation>Memória que fica guardada para o backward, com os parâmetros</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Novo</translation>
    </message>
    <message>
        <source>No variable matches “{text}”.</source>
        <translation>Nenhuma variável corresponde a “{text}”.</translation>
    </message>
    <message>
        <source>Nodes alone, without modules and lines: sorted, all of them stand in one order</source>
        <translation>Só os nós, sem módulos e linhas: ordenados, todos ficam numa só ordem</translation>
    </message>
    <message>
        <source>Norm of the gradient of the loss with respect to the output, as far as the pass has come</source>
        <translation>Norma do gradiente da perda em relação à saída, até onde a passagem chegou</translation>
    </message>
    <message>
        <source>Norms, timeline, colours and inspector: new − old</source>
        <translation>Normas, linha do tempo, cores e inspetor: novo − antigo</translation>
    </message>
    <message>
        <source>Norms, timeline, colours and inspector: what arrives with the change</source>
        <translation>Normas, linha do tempo, cores e inspetor: o que chega com a mudança</translation>
    </message>
    <message>
        <source>Norms, timeline, colours and inspector: what arrives without the change</source>
        <translation>Normas, linha do tempo, cores e inspetor: o que chega sem a mudança</translation>
    </message>
    <message>
        <source>Of a module or line: {words}</source>
        <translation>De um módulo ou linha: {words}</translation>
    </message>
    <message>
        <source>Old</source>
        <translation>Antigo</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Estrutura</translation>
    </message>
    <message>
        <source>Run a program to see its variables.</source>
        <translation>Execute um programa para ver as suas variáveis.</translation>
    </message>
    <message>
        <source>The modules and lines of a graph stand here, with their numbers: run a program in which something requires a gradient.</source>
        <translation>Os módulos e as linhas de um grafo ficam aqui, com os seus números: execute um programa em que algo requer gradiente.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Search the outline</source>
        <translation>Buscar na estrutura</translation>
    </message>
    <message>
        <source>Share of elements of the output that are 0</source>
        <translation>Parcela dos elementos da saída que são 0</translation>
    </message>
    <message>
        <source>Smallest … largest value of the output; sorts by magnitude, NaN and Inf first</source>
        <translation>Menor … maior valor da saída; ordena pela magnitude, NaN e Inf primeiro</translation>
    </message>
    <message>
        <source>Smallest … largest; sorts by the largest</source>
        <translation>Menor … maior; ordena pelo maior</translation>
    </message>
    <message>
        <source>Sorts by elements</source>
        <translation>Ordena pelo número de elementos</translation>
    </message>
    <message>
        <source>The graph still shows it.</source>
        <translation>O grafo o mostra mesmo assim.</translation>
    </message>
    <message>
        <source>The program is inside one operation: this is what was known before it.</source>
        <translation>O programa está dentro de uma operação: isto é o que se sabia antes dela.</translation>
    </message>
    <message>
        <source>Thumbnail of the value; sorts by the mean</source>
        <translation>Miniatura do valor; ordena pela média</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>Variáveis</translation>
    </message>
    <message>
        <source>Why is {name}.grad not kept?</source>
        <translation>Por que {name}.grad não é guardado?</translation>
    </message>
    <message>
        <source>behind a cut</source>
        <translation>atrás de um corte</translation>
    </message>
    <message>
        <source>device</source>
        <translation>dispositivo</translation>
    </message>
    <message>
        <source>else {range}</source>
        <translation>o resto {range}</translation>
    </message>
    <message>
        <source>grad norm</source>
        <translation>norma grad</translation>
    </message>
    <message>
        <source>in {module}</source>
        <translation>em {module}</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>tipo</translation>
    </message>
    <message>
        <source>line {line}: {text}</source>
        <translation>linha {line}: {text}</translation>
    </message>
    <message>
        <source>name</source>
        <translation>nome</translation>
    </message>
    <message>
        <source>no</source>
        <translation>não</translation>
    </message>
    <message>
        <source>no elements</source>
        <translation>nenhum elemento</translation>
    </message>
    <message>
        <source>nodes</source>
        <translation>nós</translation>
    </message>
    <message>
        <source>norm {norm}</source>
        <translation>norma {norm}</translation>
    </message>
    <message>
        <source>not understood</source>
        <translation>não entendido</translation>
    </message>
    <message>
        <source>of {total}</source>
        <translation>de {total}</translation>
    </message>
    <message>
        <source>params</source>
        <translation>params</translation>
    </message>
    <message>
        <source>range</source>
        <translation>intervalo</translation>
    </message>
    <message>
        <source>root of the sum of squares over the results of its operations</source>
        <translation>raiz da soma dos quadrados sobre os resultados das suas operações</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>guardado</translation>
    </message>
    <message>
        <source>saved: {words}</source>
        <translation>guardado: {words}</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>forma</translation>
    </message>
    <message>
        <source>share among all elements of the results of its operations</source>
        <translation>parcela entre todos os elementos dos resultados das suas operações</translation>
    </message>
    <message>
        <source>smallest and largest over the results of its operations</source>
        <translation>menor e maior sobre os resultados das suas operações</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>soma</translation>
    </message>
    <message>
        <source>sum, memory that several nodes saved counted once</source>
        <translation>soma, a memória que vários nós guardaram contada uma vez</translation>
    </message>
    <message>
        <source>summary</source>
        <translation>resumo</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>desconhecido</translation>
    </message>
    <message>
        <source>value range</source>
        <translation>intervalo</translation>
    </message>
    <message>
        <source>value: {words}</source>
        <translation>valor: {words}</translation>
    </message>
    <message>
        <source>values from {low} to {high}</source>
        <translation>valores de {low} a {high}</translation>
    </message>
    <message>
        <source>values of {read} of {total} nodes have come so far</source>
        <translation>chegaram até agora os valores de {read} de {total} nós</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sim</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>{count} encontrados</translation>
    </message>
    <message>
        <source>{count} found so far</source>
        <translation>{count} encontrados até agora</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} de {total}</translation>
    </message>
    <message numerus="yes">
        <source>{n} bytes saved for backward</source>
        <translation>
            <numerusform>{n} byte guardado para o backward</numerusform>
            <numerusform>{n} bytes guardados para o backward</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} parameters</source>
        <translation>
            <numerusform>{n} parâmetro</numerusform>
            <numerusform>{n} parâmetros</numerusform>
        </translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} de {total}</translation>
    </message>
    <message numerus="yes">
        <source>{zeros} of {n} elements are 0</source>
        <translation>
            <numerusform>{zeros} de {n} elemento é 0</numerusform>
            <numerusform>{zeros} de {n} elementos são 0</numerusform>
        </translation>
    </message>
    <message>
        <source>unfolded</source>
        <translation>expandida</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>recolhida</translation>
    </message>
</context>
</TS>
