<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>settings</name>
    <message>
        <source>{file} cannot be written: what you choose holds until the window closes.</source>
        <translation>Não é possível gravar em {file}: o que você escolhe vale até a janela se fechar.</translation>
    </message>
    <message>
        <source>{file} is damaged: what cannot be read of it is as at first.</source>
        <translation>{file} está danificado: o que não se pode ler dele está como no início.</translation>
    </message>
    <message>
        <source>A whole number from {least} to {most} {unit}.</source>
        <translation>Um número inteiro de {least} a {most} {unit}.</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Ação</translation>
    </message>
    <message>
        <source>All as at first</source>
        <translation>Restaurar todas</translation>
    </message>
    <message>
        <source>As at first</source>
        <translation>Restaurar</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como o sistema</translation>
    </message>
    <message>
        <source>Choose an action, and press in the field below the keys that it is to have; Enter leads there.</source>
        <translation>Escolha uma ação e aperte, no campo abaixo, as teclas que ela deve ter; Enter leva até lá.</translation>
    </message>
    <message>
        <source>Close brackets and quotes</source>
        <translation>Fechar parênteses e aspas</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Contraste</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Escuro</translation>
    </message>
    <message>
        <source>Earlier passes</source>
        <translation>Passagens anteriores</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Motor</translation>
    </message>
    <message>
        <source>Engine command</source>
        <translation>Comando do motor</translation>
    </message>
    <message>
        <source>Folder of runs</source>
        <translation>Pasta das execuções</translation>
    </message>
    <message>
        <source>Gradients go from dark below 0 to bright above it, so that they are told apart in grey, too.</source>
        <translation>Gradientes vão do escuro, abaixo de 0, ao claro, acima dele, para que se distingam também em cinza.</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Alto</translation>
    </message>
    <message>
        <source>High: white on black or black on white, and an edge around each button.</source>
        <translation>Alto: branco sobre preto ou preto sobre branco, e uma borda em volta de cada botão.</translation>
    </message>
    <message>
        <source>How much memory earlier passes of a run may take that can be opened whole.</source>
        <translation>Quanta memória podem usar as passagens anteriores que se abrem inteiras.</translation>
    </message>
    <message>
        <source>How much memory the engine may take for values as they were when an operation ran; the oldest go first.</source>
        <translation>Quanta memória o motor pode usar para valores como eram quando uma operação executou; os mais antigos saem primeiro.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>Keys of the actions</source>
        <translation>Teclas das ações</translation>
    </message>
    <message>
        <source>Language, look, text size, engine, memory, folders and keys</source>
        <translation>Idioma, aparência, tamanho do texto, motor, memória, pastas e teclas</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Look and language</source>
        <translation>Aparência e idioma</translation>
    </message>
    <message>
        <source>No blinking cursor, and no menus that fade or slide.</source>
        <translation>Sem cursor piscando e sem menus que esmaecem ou deslizam.</translation>
    </message>
    <message>
        <source>No setting has “{text}” in its name. Esc in the search shows all.</source>
        <translation>Nenhuma configuração tem “{text}” no nome. Esc na busca mostra todas.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nenhuma</translation>
    </message>
    <message>
        <source>Of everything in the window; also Ctrl++ and Ctrl+−.</source>
        <translation>De tudo na janela; também Ctrl++ e Ctrl+−.</translation>
    </message>
    <message>
        <source>Of menus, panels, lessons and what the engine says.</source>
        <translation>De menus, painéis, lições e do que o motor diz.</translation>
    </message>
    <message>
        <source>Press the keys</source>
        <translation>Aperte as teclas</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Reduzir movimento</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Buscar nas configurações</translation>
    </message>
    <message>
        <source>Sections of the settings</source>
        <translation>Seções das configurações</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Configurações</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Configurações…</translation>
    </message>
    <message>
        <source>Signs without colours</source>
        <translation>Sinais sem cores</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Tamanho do texto</translation>
    </message>
    <message>
        <source>The other half stands behind the cursor as one is typed; typing it then only passes it.</source>
        <translation>A outra metade aparece depois do cursor quando uma é digitada; digitá-la então só passa por ela.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>There is no folder {path}.</source>
        <translation>Não existe a pasta {path}.</translation>
    </message>
    <message>
        <source>This is no command: there is no program {name}.</source>
        <translation>Isto não é um comando: não há um programa {name}.</translation>
    </message>
    <message>
        <source>This is no command: a quote in it is not closed.</source>
        <translation>Isto não é um comando: uma aspa não está fechada.</translation>
    </message>
    <message>
        <source>Training runs</source>
        <translation>Execuções de treino</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Values of operations</source>
        <translation>Valores das operações</translation>
    </message>
    <message>
        <source>What starts an engine, in another Python or on another machine; empty for this installation. It holds from the next start of the engine on.</source>
        <translation>O que inicia um motor, em outro Python ou em outra máquina; vazio para esta instalação. Vale a partir do próximo início do motor.</translation>
    </message>
    <message>
        <source>Where this window lists training runs and begins new ones; empty for the place of the system.</source>
        <translation>Onde esta janela lista as execuções de treino e começa novas; vazio para o local padrão do sistema.</translation>
    </message>
    <message>
        <source>{keys} alone is for moving. Hold Ctrl or Alt with it.</source>
        <translation>{keys} sozinha é para se mover. Segure Ctrl ou Alt junto.</translation>
    </message>
    <message>
        <source>{keys} alone is for typing. Hold Ctrl or Alt with it.</source>
        <translation>{keys} sozinha é para digitar. Segure Ctrl ou Alt junto.</translation>
    </message>
    <message>
        <source>{keys} is already for “{action}”. Take it from there first.</source>
        <translation>{keys} já é de “{action}”. Tire de lá primeiro.</translation>
    </message>
    <message>
        <source>{setting}: as at first</source>
        <translation>{setting}: restaurar</translation>
    </message>
    <message>
        <source>dark mode, light mode, night, colours, appearance</source>
        <translation>modo escuro, modo claro, noite, cores, aparência</translation>
    </message>
    <message>
        <source>accessibility, low vision, readable</source>
        <translation>acessibilidade, baixa visão, legível, leitura</translation>
    </message>
    <message>
        <source>accessibility, colour blind, color blindness, greyscale</source>
        <translation>acessibilidade, daltônico, daltonismo, tons de cinza</translation>
    </message>
    <message>
        <source>accessibility, font size, zoom, letters, larger, smaller</source>
        <translation>acessibilidade, tamanho da fonte, zoom, letras, maior, menor</translation>
    </message>
    <message>
        <source>accessibility, animations, effects, flicker</source>
        <translation>acessibilidade, animações, efeitos, piscar</translation>
    </message>
    <message>
        <source>autoclose, quotation marks, parentheses</source>
        <translation>fechar sozinho, aspas, colchetes, chaves</translation>
    </message>
    <message>
        <source>interpreter, virtual environment, venv, conda, remote, ssh</source>
        <translation>interpretador, ambiente virtual, venv, conda, remoto, ssh</translation>
    </message>
    <message>
        <source>RAM, limit, budget, history of values</source>
        <translation>RAM, limite, orçamento, histórico de valores</translation>
    </message>
    <message>
        <source>RAM, limit, budget, history of passes</source>
        <translation>RAM, limite, orçamento, histórico de passagens</translation>
    </message>
    <message>
        <source>directory, path, where runs are saved, checkpoints</source>
        <translation>diretório, caminho, onde as execuções são salvas, gravar, checkpoints</translation>
    </message>
</context>
</TS>
