<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_shared</name>
    <message id="node.has_run">
        <source>This node has run already: go back on the timeline to see it.</source>
        <translation>Este nó já foi executado: volte na linha do tempo para vê-lo.</translation>
    </message>
    <message id="node.not_of_pass">
        <source>This node is not part of {origin}.</source>
        <translation>Este nó não faz parte de {origin}.</translation>
    </message>
    <message id="disk.is_folder">
        <source>it is a folder</source>
        <translation>é uma pasta</translation>
    </message>
    <message id="disk.not_regular">
        <source>it is a pipe, a device or a socket, and no file</source>
        <translation>é um pipe, um dispositivo ou um socket, e não um arquivo</translation>
    </message>
    <message id="disk.not_a_folder">
        <source>it is no folder, or lies in none</source>
        <translation>não é uma pasta, nem está em uma</translation>
    </message>
    <message id="disk.no_folder">
        <source>its folder is not there</source>
        <translation>a pasta dele não existe</translation>
    </message>
    <message id="disk.long_name">
        <source>its name or its path is too long</source>
        <translation>o nome ou o caminho é longo demais</translation>
    </message>
    <message id="words.line">
        <source>line {line}</source>
        <translation>linha {line}</translation>
    </message>
    <message id="disk.no_space">
        <source>no space left on the device</source>
        <translation>não há espaço livre no dispositivo</translation>
    </message>
    <message id="disk.not_permitted">
        <source>permission denied</source>
        <translation>permissão negada</translation>
    </message>
    <message id="words.stepping">
        <source>stepping {label}</source>
        <translation>a execução passo a passo de {label!s}</translation>
    </message>
    <message id="disk.protected">
        <source>it is write-protected</source>
        <translation>ele é protegido contra gravação</translation>
    </message>
    <message id="disk.read_only">
        <source>the disk is read-only</source>
        <translation>o disco é somente leitura</translation>
    </message>
    <message id="disk.error">
        <source>the disk reports an error</source>
        <translation>o disco relata um erro</translation>
    </message>
    <message id="disk.too_large">
        <source>the file would be larger than this system allows</source>
        <translation>o arquivo seria maior do que este sistema permite</translation>
    </message>
    <message id="disk.quota">
        <source>the quota of the disk is used up</source>
        <translation>a cota do disco está esgotada</translation>
    </message>
    <message id="disk.no_file">
        <source>there is no such file</source>
        <translation>esse arquivo não existe</translation>
    </message>
    <message id="words.both">
        <source>{most} and {last}</source>
        <translation>{most} e {last}</translation>
    </message>
    <message id="words.parted">
        <source>{most}; {last}</source>
        <translation>{most}; {last}</translation>
    </message>
    <message id="count.passes" numerus="yes">
        <source>{n:,} passes</source>
        <translation>
            <numerusform>{n} passagem</numerusform>
            <numerusform>{n:,} passagens</numerusform>
        </translation>
    </message>
    <message id="words.with_more">
        <source>{names} and {n:,} more</source>
        <translation>{names} e mais {n:,}</translation>
    </message>
    <message id="words.at_line">
        <source>{name} (line {line})</source>
        <translation>{name!s} (linha {line})</translation>
    </message>
    <message id="node.not_needed">
        <source>{origin} does not need this node, so it will not run.</source>
        <translation>{origin} não precisa deste nó, então ele não será executado.</translation>
    </message>
    <message id="nodes.not_held">
        <source>{origin} will run none of these nodes any more.</source>
        <translation>{origin} não vai executar mais nenhum destes nós.</translation>
    </message>
    <message id="disk.circle">
        <source>its links lead round in a circle</source>
        <translation>seus links levam em círculo</translation>
    </message>
</context>
</TS>
