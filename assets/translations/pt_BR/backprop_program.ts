<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>backprop_program</name>
    <message>
        <source>All of it, with the traceback</source>
        <translation>Tudo, com o traceback</translation>
    </message>
    <message>
        <source>And: of truth values element by element, of whole numbers bit by bit.</source>
        <translation>E: de valores lógicos, elemento a elemento; de inteiros, bit a bit.</translation>
    </message>
    <message>
        <source>Computes, and writes into the left side: of a tensor its numbers are changed in place.</source>
        <translation>Calcula e grava no lado esquerdo: de um tensor, os números mudam no próprio lugar.</translation>
    </message>
    <message>
        <source>Difference, element by element; shapes are broadcast.</source>
        <translation>Diferença, elemento a elemento; as formas se expandem (broadcast).</translation>
    </message>
    <message>
        <source>Each entry of what follows, by its name.</source>
        <translation>Cada entrada do que segue, pelo nome.</translation>
    </message>
    <message>
        <source>Each thing in what follows, one after the other.</source>
        <translation>Cada coisa do que segue, uma após a outra.</translation>
    </message>
    <message>
        <source>Gives the value at the right this name, and is that value in what is around it.</source>
        <translation>Dá este nome ao valor da direita, e é esse valor no que está em volta.</translation>
    </message>
    <message>
        <source>Matrix product: each row of the left times each column of the right.</source>
        <translation>Produto de matrizes: cada linha da esquerda vezes cada coluna da direita.</translation>
    </message>
    <message>
        <source>Not: of truth values element by element, of whole numbers bit by bit.</source>
        <translation>Não: de valores lógicos, elemento a elemento; de inteiros, bit a bit.</translation>
    </message>
    <message>
        <source>One of both but not both: of truth values, and bit by bit. A power is **.</source>
        <translation>Um dos dois, mas não ambos: de valores lógicos, e bit a bit. Potência é **.</translation>
    </message>
    <message>
        <source>Or: of truth values element by element, of whole numbers bit by bit.</source>
        <translation>Ou: de valores lógicos, elemento a elemento; de inteiros, bit a bit.</translation>
    </message>
    <message>
        <source>Power, element by element; shapes are broadcast.</source>
        <translation>Potência, elemento a elemento; as formas se expandem (broadcast).</translation>
    </message>
    <message>
        <source>Product, element by element; shapes are broadcast. A matrix product is @.</source>
        <translation>Produto, elemento a elemento; as formas se expandem (broadcast). O produto de matrizes é @.</translation>
    </message>
    <message>
        <source>Quotient, element by element; shapes are broadcast. Of whole numbers, too, a number with a fraction.</source>
        <translation>Quociente, elemento a elemento; as formas se expandem (broadcast). Também de inteiros, um número com fração.</translation>
    </message>
    <message>
        <source>Quotient, rounded down, element by element.</source>
        <translation>Quociente arredondado para baixo, elemento a elemento.</translation>
    </message>
    <message>
        <source>Sum, element by element; shapes are broadcast. Texts and lists are put behind each other.</source>
        <translation>Soma, elemento a elemento; as formas se expandem (broadcast). Textos e listas são emendados.</translation>
    </message>
    <message>
        <source>The text of the program is at {percent}.</source>
        <translation>O texto do programa está em {percent}.</translation>
    </message>
    <message>
        <source>The whole error</source>
        <translation>O erro inteiro</translation>
    </message>
    <message>
        <source>Build a tensor</source>
        <translation>Montar um tensor</translation>
    </message>
    <message>
        <source>Click beside a line to hold passes at its nodes — Ctrl+F9
Right of a number: fold its block — Ctrl+Shift+[</source>
        <translation>Clique ao lado de uma linha para parar as passagens nos nós dela — Ctrl+F9
À direita de um número: recolher o bloco — Ctrl+Shift+[</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
    <message>
        <source>Close the error</source>
        <translation>Fechar o erro</translation>
    </message>
    <message>
        <source>Close the notices</source>
        <translation>Fechar os avisos</translation>
    </message>
    <message>
        <source>Empty for a square</source>
        <translation>Vazio para uma matriz quadrada</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Preencher</translation>
    </message>
    <message>
        <source>From one number to the next</source>
        <translation>De um número ao próximo</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Grade</translation>
    </message>
    <message>
        <source>How many numbers</source>
        <translation>Quantos números</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>Inserir</translation>
    </message>
    <message>
        <source>Lengths of the axes; empty for a scalar</source>
        <translation>Comprimentos dos eixos; vazio para um escalar</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Novo nome</translation>
    </message>
    <message>
        <source>No block begins at the cursor or around it.</source>
        <translation>Nenhum bloco começa no cursor nem em volta dele.</translation>
    </message>
    <message>
        <source>No name that can be renamed stands at the cursor.</source>
        <translation>Não há no cursor um nome que possa ser renomeado.</translation>
    </message>
    <message>
        <source>Nothing is folded at the cursor.</source>
        <translation>Nada está recolhido no cursor.</translation>
    </message>
    <message>
        <source>Numbers in brackets, one pair of brackets for each axis.</source>
        <translation>Números entre colchetes, um par de colchetes para cada eixo.</translation>
    </message>
    <message>
        <source>Open in Pretraining</source>
        <translation>Abrir em Pré-treino</translation>
    </message>
    <message>
        <source>Rows, and columns where those are empty</source>
        <translation>Linhas, e colunas onde essas estão vazias</translation>
    </message>
    <message>
        <source>Run the program — Ctrl+Enter</source>
        <translation>Executar o programa — Ctrl+Enter</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Forma</translation>
    </message>
    <message>
        <source>Shape and fill</source>
        <translation>Forma e preenchimento</translation>
    </message>
    <message>
        <source>Start##of a range</source>
        <translation>Início</translation>
    </message>
    <message>
        <source>Stop the program — Ctrl+.</source>
        <translation>Parar o programa — Ctrl+.</translation>
    </message>
    <message>
        <source>Strip it</source>
        <translation>Limpar</translation>
    </message>
    <message>
        <source>That line was edited since it ran, or is of another file.</source>
        <translation>Essa linha foi editada desde que rodou, ou é de outro arquivo.</translation>
    </message>
    <message>
        <source>The error</source>
        <translation>O erro</translation>
    </message>
    <message>
        <source>The first number</source>
        <translation>O primeiro número</translation>
    </message>
    <message>
        <source>The number in every cell</source>
        <translation>O número em cada célula</translation>
    </message>
    <message>
        <source>The pasted text carries “{marker}” from a web page, which is not Python.</source>
        <translation>O texto colado traz “{marker}” de uma página da web, que não é Python.</translation>
    </message>
    <message>
        <source>The pasted text has changed since; nothing was stripped.</source>
        <translation>O texto colado mudou desde então; nada foi retirado.</translation>
    </message>
    <message>
        <source>The program does not parse as it stands, so its names are not known.</source>
        <translation>O programa, como está, não pode ser lido como Python: seus nomes não são conhecidos.</translation>
    </message>
    <message>
        <source>The program holds a GPT configuration.</source>
        <translation>O programa tem uma configuração de GPT.</translation>
    </message>
    <message>
        <source>The program ran, but</source>
        <translation>O programa rodou, mas</translation>
    </message>
    <message>
        <source>The same seed gives the same numbers; the program's random state is not touched</source>
        <translation>A mesma semente dá os mesmos números; o estado aleatório do programa não é tocado</translation>
    </message>
    <message>
        <source>The tensor appears here.</source>
        <translation>O tensor aparece aqui.</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Valores</translation>
    </message>
    <message>
        <source>What is left after a division, with the sign of the right side.</source>
        <translation>O resto de uma divisão, com o sinal do lado direito.</translation>
    </message>
    <message>
        <source>What stands behind it gets the function or class below, and gives back what bears that name.</source>
        <translation>O que vem depois recebe a função ou classe abaixo e devolve o que terá esse nome.</translation>
    </message>
    <message>
        <source>What the program did</source>
        <translation>O que o programa fez</translation>
    </message>
    <message>
        <source>Whether both are equal: of tensors element by element, a tensor of truth values.</source>
        <translation>Se os dois são iguais: de tensores, elemento a elemento, um tensor de valores lógicos.</translation>
    </message>
    <message>
        <source>Whether both differ: of tensors element by element, a tensor of truth values.</source>
        <translation>Se os dois diferem: de tensores, elemento a elemento, um tensor de valores lógicos.</translation>
    </message>
    <message>
        <source>Write PyTorch here, or open a program.
Ctrl+Enter runs it, Ctrl+Shift+Enter steps it.</source>
        <translation>Escreva PyTorch aqui, ou abra um programa.
Ctrl+Enter o executa, Ctrl+Shift+Enter o executa passo a passo.</translation>
    </message>
    <message>
        <source>arange stops before it, linspace ends on it</source>
        <translation>arange para antes dele, linspace termina nele</translation>
    </message>
    <message>
        <source>curly quotes</source>
        <translation>aspas curvas</translation>
    </message>
    <message>
        <source>inferred</source>
        <translation>inferido</translation>
    </message>
    <message>
        <source>line separators</source>
        <translation>separadores de linha</translation>
    </message>
    <message>
        <source>line {line}, columns {first}</source>
        <translation>linha {line}, colunas {first}</translation>
    </message>
    <message>
        <source>no preview</source>
        <translation>sem prévia</translation>
    </message>
    <message>
        <source>no-break spaces</source>
        <translation>espaços rígidos</translation>
    </message>
    <message>
        <source>requires_grad: autograd records what is made of it</source>
        <translation>requires_grad: o autograd registra o que é feito dele</translation>
    </message>
    <message>
        <source>{name} already means something else; the program loses that meaning.</source>
        <translation>{name} já significa outra coisa; o programa perde esse significado.</translation>
    </message>
    <message>
        <source>{name} is a variable already; this line gives it another value.</source>
        <translation>{name} já é uma variável; esta linha lhe dá outro valor.</translation>
    </message>
    <message>
        <source>{name}: changed since it was saved; autosaved</source>
        <translation>{name}: mudou desde que foi salvo; salvo automaticamente</translation>
    </message>
    <message>
        <source>{nth} of {n} ways to call it: ↑ ↓</source>
        <translation>{nth} de {n} formas de chamar: ↑ ↓</translation>
    </message>
    <message numerus="yes">
        <source>{n} lines</source>
        <translation>
            <numerusform>{n} linha</numerusform>
            <numerusform>{n} linhas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} lines folded</source>
        <translation>
            <numerusform>{n} linha recolhida</numerusform>
            <numerusform>{n} linhas recolhidas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} places. Enter renames them.</source>
        <translation>
            <numerusform>{n} lugar. Enter o renomeia.</numerusform>
            <numerusform>{n} lugares. Enter os renomeia.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{old} is {new} now, in {n} places.</source>
        <translation>
            <numerusform>{old} agora é {new}, em {n} lugar.</numerusform>
            <numerusform>{old} agora é {new}, em {n} lugares.</numerusform>
        </translation>
    </message>
    <message>
        <source>{title}, {shown} of {total}</source>
        <translation>{title}, {shown} de {total}</translation>
    </message>
    <message>
        <source>“{name}” is imported by that name: write another behind “as” on line {line}.</source>
        <translation>“{name}” é importado com esse nome: escreva outro depois de “as” na linha {line}.</translation>
    </message>
    <message>
        <source>“{name}” is no name of Python.</source>
        <translation>“{name}” não é um nome de Python.</translation>
    </message>
    <message>
        <source>“{name}” is not made by this program: its name is another's.</source>
        <translation>“{name}” não é criado por este programa: o nome é de outro.</translation>
    </message>
    <message>
        <source>“{name}” is what {base} calls it by.</source>
        <translation>“{name}” é como {base} o chama.</translation>
    </message>
    <message>
        <source>“{name}” may be a name of {base}, which is not made here.</source>
        <translation>“{name}” pode ser um nome de {base}, que não é feita aqui.</translation>
    </message>
    <message>
        <source>“{name}” on line {line} may be this name, which cannot be told.</source>
        <translation>“{name}” na linha {line} pode ser este nome; não dá para saber.</translation>
    </message>
    <message>
        <source>“{name}” stands for something else here already.</source>
        <translation>“{name}” já designa outra coisa aqui.</translation>
    </message>
    <message>
        <source>What would be pasted is larger than {n_megabytes} MB, which is no program.</source>
        <translation>O que seria colado tem mais de {n_megabytes} MB, o que não é um programa.</translation>
    </message>
    <message>
        <source>What the call took</source>
        <translation>O que a chamada recebeu</translation>
    </message>
    <message>
        <source>What the call took, side by side</source>
        <translation>O que a chamada recebeu, lado a lado</translation>
    </message>
</context>
</TS>
