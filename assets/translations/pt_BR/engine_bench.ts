<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_bench</name>
    <message id="bench.no_transformers">
        <source>`transformers` is not installed: pip install -e '.[bench]'</source>
        <translation>`transformers` não está instalado: pip install -e '.[bench]'</translation>
    </message>
</context>
</TS>
