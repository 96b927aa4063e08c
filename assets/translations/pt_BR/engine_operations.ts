<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_operations</name>
    <message id="operation.written">
        <source>The call wrote into it; what it was before is not kept.</source>
        <translation>A chamada escreveu nele; o que era antes não foi guardado.</translation>
    </message>
</context>
</TS>
