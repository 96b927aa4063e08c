<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>lessons</name>
    <message>
        <source>A hint</source>
        <translation>Uma dica</translation>
    </message>
    <message>
        <source>Answer##do it</source>
        <translation>Responder</translation>
    </message>
    <message>
        <source>As it was</source>
        <translation>Como era</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Conferir</translation>
    </message>
    <message>
        <source>Close the lessons</source>
        <translation>Fechar as lições</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Conteúdo</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Verificando…</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Avançar</translation>
    </message>
    <message>
        <source>Not quite. PyTorch says {truth}.</source>
        <translation>Não exatamente. O PyTorch diz {truth}.</translation>
    </message>
    <message>
        <source>Now run the program: it decides.</source>
        <translation>Agora execute o programa: ele decide.</translation>
    </message>
    <message>
        <source>Put this program into the editor and run it; what is there now can be saved first</source>
        <translation>Coloca este programa no editor e o executa; antes, o que está lá pode ser salvo</translation>
    </message>
    <message>
        <source>Show one way</source>
        <translation>Mostrar um caminho</translation>
    </message>
    <message>
        <source>The lessons of the program</source>
        <translation>As lições do programa</translation>
    </message>
    <message>
        <source>The picture {name} could not be read.</source>
        <translation>A imagem {name} não pôde ser lida.</translation>
    </message>
    <message>
        <source>The picture {name} is too large.</source>
        <translation>A imagem {name} é grande demais.</translation>
    </message>
    <message>
        <source>The program did not come to its end. {said}</source>
        <translation>O programa não chegou ao fim. {said}</translation>
    </message>
    <message>
        <source>The program is held: lead it to its end (F5), then it is looked at.</source>
        <translation>O programa está parado: leve-o até o fim (F5), e então será verificado.</translation>
    </message>
    <message>
        <source>The program is still running. If it never ends, stop it (Ctrl+.).</source>
        <translation>O programa ainda está em execução. Se ele não termina nunca, pare-o (Ctrl+.).</translation>
    </message>
    <message>
        <source>The program waits for a line: it is entered below Output.</source>
        <translation>O programa espera uma linha: ela é digitada embaixo de Saída.</translation>
    </message>
    <message>
        <source>Your program did not come to its end: the way stands below the page's own. Undo brings yours back.</source>
        <translation>O seu programa não chegou ao fim: o caminho está abaixo do programa da própria página. Desfazer traz o seu de volta.</translation>
    </message>
    <message>
        <source>Your program is not the page's own, of which this is said:</source>
        <translation>Seu programa não é o da página, do qual se fala aqui:</translation>
    </message>
    <message>
        <source>{name} has {n_here} of {n_all} pages in {language}; the others are read in English.</source>
        <translation>{name} tem {n_here} de {n_all} páginas em {language}; as outras são lidas em inglês.</translation>
    </message>
    <message>
        <source>{name}, line {line}: “{written}” is no formula.</source>
        <translation>{name}, linha {line}: “{written}” não é uma fórmula.</translation>
    </message>
    <message>
        <source>this never holds, whatever the program does.</source>
        <translation>isto nunca vale, faça o programa o que fizer.</translation>
    </message>
    <message>
        <source>this always holds, whatever the program does.</source>
        <translation>isto sempre vale, faça o programa o que fizer.</translation>
    </message>
    <message>
        <source>neither the program of the page nor the solution makes `{name}`.</source>
        <translation>nem o programa da página nem a solução criam `{name}`.</translation>
    </message>
    <message>
        <source>the program of the page makes no `{name}`.</source>
        <translation>o programa da página não cria `{name}`.</translation>
    </message>
    <message>
        <source>“{written}” leads nowhere; “{nearest}” does.</source>
        <translation>“{written}” não leva a lugar nenhum; “{nearest}” leva.</translation>
    </message>
    <message>
        <source>“{written}” leads nowhere; there are {names}.</source>
        <translation>“{written}” não leva a lugar nenhum; há {names}.</translation>
    </message>
    <message>
        <source>“{written}” leads nowhere: {why}</source>
        <translation>“{written}” não leva a lugar nenhum: {why}</translation>
    </message>
    <message>
        <source>“{written}” leads nowhere.</source>
        <translation>“{written}” não leva a lugar nenhum.</translation>
    </message>
    <message>
        <source>{name}, line {line}: {said}</source>
        <translation>{name}, linha {line}: {said}</translation>
    </message>
    <message>
        <source>this check changes `{name}` of the program: who looks again finds another.</source>
        <translation>esta verificação muda `{name}` do programa: quem verifica de novo encontra outro.</translation>
    </message>
    <message>
        <source>this check has no `assert`, so it always holds.</source>
        <translation>esta verificação não tem `assert`, então ela sempre vale.</translation>
    </message>
    <message>
        <source>this is no Python: {said}.</source>
        <translation>isto não é Python: {said}.</translation>
    </message>
    <message>
        <source>What do you expect?</source>
        <translation>O que você espera?</translation>
    </message>
    <message numerus="yes">
        <source>{n} pages</source>
        <translation>
            <numerusform>{n} página</numerusform>
            <numerusform>{n} páginas</numerusform>
        </translation>
    </message>
    <message>
        <source>{pages}, {n_done} of {n_asked} answered</source>
        <translation>{pages}, {n_done} de {n_asked} respondidas</translation>
    </message>
    <message>
        <source>{page} of {n_pages}</source>
        <translation>{page} de {n_pages}</translation>
    </message>
    <message>
        <source>✓  Done.</source>
        <translation>✓  Feito.</translation>
    </message>
    <message>
        <source>✓  Yes, {truth}.</source>
        <translation>✓  Sim, {truth}.</translation>
    </message>
</context>
</TS>
