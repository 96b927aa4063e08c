<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>accessible</name>
    <message>
        <source>Page of the lesson</source>
        <translation>Página da lição</translation>
    </message>
    <message>
        <source>Program of the page</source>
        <translation>Programa da página</translation>
    </message>
    <message>
        <source>Text of the lesson</source>
        <translation>Texto da lição</translation>
    </message>
</context>
</TS>
