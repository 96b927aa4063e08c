<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>languages</name>
    <message>
        <source>1,234.5</source>
        <translation>1.234,5</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Português</translation>
    </message>
    <message>
        <source>n != 1</source>
        <translation>n &gt; 1</translation>
    </message>
</context>
</TS>
