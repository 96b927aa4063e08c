<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>app</name>
    <message>
        <source>all {value}</source>
        <translation>todos {value}</translation>
    </message>
</context>
</TS>
