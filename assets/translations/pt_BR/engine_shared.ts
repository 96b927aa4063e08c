<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_shared</name>
    <message id="node.has_run">
        <source>This node has run already: go back on the timeline to see it.</source>
        <translation>Este nó já foi executado: volte na linha do tempo para vê-lo.</translation>
    </message>
    <message id="node.not_needed">
        <source>{origin} does not need this node, so it will not run.</source>
        <translation>{origin} não precisa deste nó, então ele não será executado.</translation>
    </message>
    <message id="node.not_of_pass">
        <source>This node is not part of {origin}.</source>
        <translation>Este nó não faz parte de {origin}.</translation>
    </message>
    <message id="nodes.not_held">
        <source>{origin} will run none of these nodes any more.</source>
        <translation>{origin} não vai executar mais nenhum destes nós.</translation>
    </message>
</context>
</TS>
