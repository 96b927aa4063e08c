<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>backprop_stage</name>
    <message>
        <source> – {last} of {total}</source>
        <translation> – {last} de {total}</translation>
    </message>
    <message>
        <source>Axis of red, green and blue</source>
        <translation>Eixo de vermelho, verde e azul</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Células</translation>
    </message>
    <message>
        <source>Cells of sheet {index}</source>
        <translation>Células do plano {index}</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Cores</translation>
    </message>
    <message>
        <source>It has no elements.</source>
        <translation>Não tem elementos.</translation>
    </message>
    <message>
        <source>Its elements cannot be shown: {reason}</source>
        <translation>Os seus elementos não podem ser mostrados: {reason}</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>Tensor</translation>
    </message>
    <message>
        <source>The first sheet that is seen</source>
        <translation>O primeiro dos planos à vista</translation>
    </message>
    <message numerus="yes">
        <source>and {n} more {sign}</source>
        <translation>
            <numerusform>e mais {n} {sign}</numerusform>
            <numerusform>e mais {n} {sign}</numerusform>
        </translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>cortado</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nenhum</translation>
    </message>
    <message>
        <source>on {device}</source>
        <translation>em {device}</translation>
    </message>
    <message>
        <source>rank 0: a scalar</source>
        <translation>rank 0: um escalar</translation>
    </message>
    <message>
        <source>rank 1: a vector</source>
        <translation>rank 1: um vetor</translation>
    </message>
    <message>
        <source>rank 2: a matrix</source>
        <translation>rank 2: uma matriz</translation>
    </message>
    <message>
        <source>rank {rank}: a tensor with {rank} axes</source>
        <translation>rank {rank}: um tensor com {rank} eixos</translation>
    </message>
    <message>
        <source>sheets</source>
        <translation>planos</translation>
    </message>
    <message>
        <source>written since, {words}</source>
        <translation>escrito depois, {words}</translation>
    </message>
    <message numerus="yes">
        <source>{cell} goes into {n} cells of {name}</source>
        <translation>
            <numerusform>{cell} entra em {n} célula de {name}</numerusform>
            <numerusform>{cell} entra em {n} células de {name}</numerusform>
        </translation>
    </message>
    <message>
        <source>{cell} goes into {target}</source>
        <translation>{cell} entra em {target}</translation>
    </message>
    <message>
        <source>{cell} is made of {source}</source>
        <translation>{cell} é feita de {source}</translation>
    </message>
    <message>
        <source>{words}; {cells} chose it</source>
        <translation>{words}; quem a escolheu: {cells}</translation>
    </message>
    <message numerus="yes">
        <source>{cell} chooses what {n} cells of {name} are</source>
        <translation>
            <numerusform>{cell} escolhe o que é {n} célula de {name}</numerusform>
            <numerusform>{cell} escolhe o que são {n} células de {name}</numerusform>
        </translation>
    </message>
    <message>
        <source>{cell} is in no cell of {name}</source>
        <translation>{cell} não está em nenhuma célula de {name}</translation>
    </message>
    <message>
        <source>{cell} is made of no cell of them</source>
        <translation>{cell} não é feita de nenhuma célula deles</translation>
    </message>
    <message numerus="yes">
        <source>{cell} is made of {n} cells</source>
        <translation>
            <numerusform>{cell} é feita de {n} célula</numerusform>
            <numerusform>{cell} é feita de {n} células</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{cell} was made of {n} cells; {name} was written since</source>
        <translation>
            <numerusform>{cell} foi feita de {n} célula; {name} foi escrito depois</numerusform>
            <numerusform>{cell} foi feita de {n} células; {name} foi escrito depois</numerusform>
        </translation>
    </message>
    <message>
        <source>{low} is dark, {high} is bright</source>
        <translation>{low} é escuro, {high} é claro</translation>
    </message>
    <message>
        <source>{low}, the smallest number, is dark; {high}, the largest, is bright</source>
        <translation>{low}, o menor número, é escuro; {high}, o maior, é claro</translation>
    </message>
    <message>
        <source>{name} before</source>
        <translation>{name} antes</translation>
    </message>
    <message>
        <source>{name} now</source>
        <translation>{name} agora</translation>
    </message>
    <message>
        <source>{name} then</source>
        <translation>{name} à época</translation>
    </message>
    <message numerus="yes">
        <source>{n} blocks</source>
        <translation>
            <numerusform>{n} bloco</numerusform>
            <numerusform>{n} blocos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} colours</source>
        <translation>
            <numerusform>{n} cor</numerusform>
            <numerusform>{n} cores</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} columns</source>
        <translation>
            <numerusform>{n} coluna</numerusform>
            <numerusform>{n} colunas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} rows</source>
        <translation>
            <numerusform>{n} linha</numerusform>
            <numerusform>{n} linhas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} rows of sheets</source>
        <translation>
            <numerusform>{n} fileira de planos</numerusform>
            <numerusform>{n} fileiras de planos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} sheets</source>
        <translation>
            <numerusform>{n} plano</numerusform>
            <numerusform>{n} planos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} sheets a row</source>
        <translation>
            <numerusform>{n} plano por fileira</numerusform>
            <numerusform>{n} planos por fileira</numerusform>
        </translation>
    </message>
    <message>
        <source>{words}, the same storage</source>
        <translation>{words}, a mesma memória</translation>
    </message>
</context>
</TS>
