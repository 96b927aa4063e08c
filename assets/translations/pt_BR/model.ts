<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>model</name>
    <message>
        <source>Engine ended</source>
        <translation>Motor encerrado</translation>
    </message>
    <message>
        <source>Engine ready</source>
        <translation>Motor pronto</translation>
    </message>
    <message>
        <source>Held at a number that is not finite</source>
        <translation>Retido em um número que não é finito</translation>
    </message>
    <message>
        <source>Layer {order}: gradient of pass {number}</source>
        <translation>Camada {order}: gradiente da passagem {number}</translation>
    </message>
    <message>
        <source>NaN in the values or the gradient; inf likewise</source>
        <translation>NaN nos valores ou no gradiente; inf da mesma forma</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausado</translation>
    </message>
    <message>
        <source>Quotation marks wait for the text between them, as in "x @ W".</source>
        <translation>Aspas esperam o texto entre elas, como em "x @ W".</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Em execução</translation>
    </message>
    <message>
        <source>Running on</source>
        <translation>Seguindo adiante</translation>
    </message>
    <message>
        <source>Starting the engine</source>
        <translation>Iniciando o motor</translation>
    </message>
    <message>
        <source>The engine could not be started: {command} was not found or may not run.</source>
        <translation>O motor não pôde ser iniciado: {command} não foi encontrado ou não pode ser executado.</translation>
    </message>
    <message>
        <source>The engine ended with exit status {code}. It said: {words} Its variables are lost, the program is not.</source>
        <translation>O motor terminou com o status de saída {code}. Ele disse: {words} As variáveis se perderam, o programa não.</translation>
    </message>
    <message>
        <source>The engine ended with exit status {code}. Its variables are lost, the program is not.</source>
        <translation>O motor terminou com o status de saída {code}. As variáveis se perderam, o programa não.</translation>
    </message>
    <message>
        <source>The engine ended: it crashed in native code. Its variables are lost, the program is not.</source>
        <translation>O motor terminou: falhou em código nativo. As variáveis se perderam, o programa não.</translation>
    </message>
    <message>
        <source>The engine ended: it was killed (by hand, or for want of memory). Its variables are lost, the program is not.</source>
        <translation>O motor terminou: foi encerrado à força (por alguém, ou por falta de memória). As variáveis se perderam, o programa não.</translation>
    </message>
    <message>
        <source>The engine ended: signal {name} ended it. Its variables are lost, the program is not.</source>
        <translation>O motor terminou: o sinal {name} o encerrou. As variáveis se perderam, o programa não.</translation>
    </message>
    <message>
        <source>The engine is not running; restart it with Program ▸ Restart engine.</source>
        <translation>O motor não está em execução; reinicie-o com Programa ▸ Reiniciar motor.</translation>
    </message>
    <message>
        <source>The interrupt was delivered, but the program still runs: it may have caught the KeyboardInterrupt. Stop again, or end it with Program ▸ Restart engine.</source>
        <translation>A interrupção foi entregue, mas o programa continua: ele pode ter capturado o KeyboardInterrupt. Pare de novo, ou encerre-o com Programa ▸ Reiniciar motor.</translation>
    </message>
    <message>
        <source>The next node of a backward pass will be held.</source>
        <translation>O próximo nó de uma passagem de backward será retido.</translation>
    </message>
    <message>
        <source>The pass is forgotten; every .grad is as it was before.</source>
        <translation>A passagem foi esquecida; cada .grad está como antes.</translation>
    </message>
    <message>
        <source>The program is still running; stop it first (Ctrl+.).</source>
        <translation>O programa ainda está em execução; pare-o antes (Ctrl+.).</translation>
    </message>
    <message>
        <source>The program runs as soon as the engine is ready.</source>
        <translation>O programa será executado assim que o motor estiver pronto.</translation>
    </message>
    <message>
        <source>Waiting for input</source>
        <translation>Esperando entrada</translation>
    </message>
    <message>
        <source>a module and what is in it, by path or by type</source>
        <translation>um módulo e o que está nele, pelo caminho ou pelo tipo</translation>
    </message>
    <message>
        <source>a shape; * is any one size, … any number of them</source>
        <translation>uma forma; * é um tamanho qualquer, … quantos forem</translation>
    </message>
    <message>
        <source>a type of elements</source>
        <translation>um tipo de elementos</translation>
    </message>
    <message>
        <source>a variable or parameter</source>
        <translation>uma variável ou um parâmetro</translation>
    </message>
    <message>
        <source>all that is written on or behind a card</source>
        <translation>tudo o que está escrito num cartão ou atrás dele</translation>
    </message>
    <message>
        <source>an operation; op:*mm is addmm and bmm, too</source>
        <translation>uma operação; op:*mm é também addmm e bmm</translation>
    </message>
    <message>
        <source>exactly this text</source>
        <translation>exatamente este texto</translation>
    </message>
    <message>
        <source>held</source>
        <translation>retido</translation>
    </message>
    <message>
        <source>held at line {line}</source>
        <translation>retido na linha {line}</translation>
    </message>
    <message>
        <source>how long the node's backward ran</source>
        <translation>quanto tempo rodou o backward do nó</translation>
    </message>
    <message>
        <source>line {line}</source>
        <translation>linha {line}</translation>
    </message>
    <message>
        <source>lines of the program; file:model.py, source:gelu</source>
        <translation>linhas do programa; file:model.py, source:gelu</translation>
    </message>
    <message>
        <source>lines {first}–{last}</source>
        <translation>linhas {first}–{last}</translation>
    </message>
    <message>
        <source>memory saved for backward; k, M, G, KiB, MiB, GiB</source>
        <translation>memória guardada para o backward; k, M, G, KiB, MiB, GiB</translation>
    </message>
    <message>
        <source>no norm</source>
        <translation>sem norma</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>dispensado</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>não alcançado</translation>
    </message>
    <message>
        <source>the gradient's norm; ratio: over that of the values</source>
        <translation>a norma do gradiente; ratio: sobre a dos valores</translation>
    </message>
    <message>
        <source>the share of zeros; min, max: of the values</source>
        <translation>a parcela de zeros; min, max: dos valores</translation>
    </message>
    <message numerus="yes">
        <source>up to {n} nodes each</source>
        <translation>
            <numerusform>até {n} nó cada</numerusform>
            <numerusform>até {n} nós cada</numerusform>
        </translation>
    </message>
    <message>
        <source>without these; several terms must all hold</source>
        <translation>sem estes; vários termos têm de valer todos</translation>
    </message>
    <message>
        <source>{each}, shapes differ</source>
        <translation>{each}, formas diferentes</translation>
    </message>
    <message>
        <source>{kind} in {n_bad} of {n}</source>
        <translation>{kind} em {n_bad} de {n}</translation>
    </message>
    <message numerus="yes">
        <source>{n} nodes each</source>
        <translation>
            <numerusform>{n} nó cada</numerusform>
            <numerusform>{n} nós cada</numerusform>
        </translation>
    </message>
    <message>
        <source>{state} in {origin}</source>
        <translation>{state} em {origin}</translation>
    </message>
    <message>
        <source>{why}; to find it as text, write quotation marks.</source>
        <translation>{why}; para procurá-lo como texto, escreva aspas.</translation>
    </message>
    <message>
        <source>{why}; to find it as text, write {quoted}.</source>
        <translation>{why}; para procurá-lo como texto, escreva {quoted}.</translation>
    </message>
    <message>
        <source>“{term}:” is no field: there are {known}</source>
        <translation>“{term}:” não é um campo: existem {known}</translation>
    </message>
    <message>
        <source>“{term}:” waits for what to find.</source>
        <translation>“{term}:” espera o que procurar.</translation>
    </message>
    <message>
        <source>“{term}” has a field in a field: write {right}</source>
        <translation>“{term}” tem um campo dentro de um campo: escreva {right}</translation>
    </message>
    <message>
        <source>“{term}” has two signs, and one leaves out already</source>
        <translation>“{term}” tem dois sinais, e um só já deixa de fora</translation>
    </message>
    <message>
        <source>“{term}” is compared, as in {example}</source>
        <translation>“{term}” é comparado, como em {example}</translation>
    </message>
    <message>
        <source>“{term}” is no line: they count from 1.</source>
        <translation>“{term}” não é uma linha: elas são contadas a partir de 1.</translation>
    </message>
    <message>
        <source>“{term}” is no line: write line:31 or line:14-17.</source>
        <translation>“{term}” não é uma linha: escreva line:31 ou line:14-17.</translation>
    </message>
    <message>
        <source>“{term}” is no number that “{fact}” can be compared with: write {example}.</source>
        <translation>“{term}” não é um número com que “{fact}” possa ser comparado: escreva {example}.</translation>
    </message>
    <message>
        <source>“{term}” is no shape: write (4, 5), (…,768) or (*, 768).</source>
        <translation>“{term}” não é uma forma: escreva (4, 5), (…,768) ou (*, 768).</translation>
    </message>
    <message>
        <source>“{term}” is nothing to compare: there are {known}</source>
        <translation>“{term}” não é nada que se compare: existem {known}</translation>
    </message>
    <message>
        <source>“{term}” is out of the range of numbers: write {example}.</source>
        <translation>“{term}” está fora do alcance dos números: escreva {example}.</translation>
    </message>
    <message>
        <source>“{term}” lacks what is compared, as in norm&gt;1e3</source>
        <translation>falta em “{term}” o que é comparado, como em norm&gt;1e3</translation>
    </message>
    <message>
        <source>“{term}” waits for a number, as in {example}.</source>
        <translation>“{term}” espera um número, como em {example}.</translation>
    </message>
    <message>
        <source>“{term}” waits for what is to be left out, as in -op:add</source>
        <translation>“{term}” espera o que deve ficar de fora, como em -op:add</translation>
    </message>
    <message>
        <source>of the finite;</source>
        <translation>dos finitos;</translation>
    </message>
    <message>
        <source>nothing finite:</source>
        <translation>nada finito:</translation>
    </message>
    <message>
        <source>of a sample; NaN not counted yet</source>
        <translation>de uma amostra; NaN ainda não contados</translation>
    </message>
    <message>
        <source>of a sample</source>
        <translation>de uma amostra</translation>
    </message>
    <message>
        <source>empty##tensor</source>
        <translation>vazio</translation>
    </message>
    <message numerus="yes">
        <source>{n} more</source>
        <translation>
            <numerusform>mais {n}</numerusform>
            <numerusform>mais {n}</numerusform>
        </translation>
    </message>
</context>
</TS>
