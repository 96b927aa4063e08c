<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_protocol</name>
    <message id="protocol.mismatch">
        <source>This engine speaks protocol {engine}, this window {window}: install the same version on both sides.</source>
        <translation>Este motor fala o protocolo {engine}, esta janela o {window}: instale a mesma versão dos dois lados.</translation>
    </message>
    <message id="protocol.no_frames">
        <source>The engine's pipe carries something that is not the protocol.</source>
        <translation>O pipe do motor traz algo que não é o protocolo.</translation>
    </message>
    <message id="protocol.no_message">
        <source>A message that is not of protocol {protocol} came over the pipe: {reason}.</source>
        <translation>Uma mensagem que não é do protocolo {protocol} veio pelo pipe: {reason}.</translation>
    </message>
    <message id="protocol.too_large">
        <source>A message of {n_bytes:,} bytes is larger than the {most:,} that one may be.</source>
        <translation>Uma mensagem de {n_bytes:,} bytes é maior que os {most:,} que uma pode ter.</translation>
    </message>
</context>
</TS>
