<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>backprop_program</name>
    <message>
        <source>Build a tensor</source>
        <translation>Montar um tensor</translation>
    </message>
    <message>
        <source>Click beside a line to hold passes at its nodes — Ctrl+F9</source>
        <translation>Clique ao lado de uma linha para reter as passagens nos seus nós — Ctrl+F9</translation>
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
        <source>inferred</source>
        <translation>inferido</translation>
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
        <source>{title}, {shown} of {total}</source>
        <translation>{title}, {shown} de {total}</translation>
    </message>
</context>
</TS>
