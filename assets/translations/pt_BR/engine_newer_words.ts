<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_newer_words</name>
    <message>
        <source>F-string: expecting a valid expression after '{sign}'</source>
        <translation>Na f-string falta uma expressão válida depois de '{sign}'</translation>
    </message>
    <message>
        <source>F-string: invalid conversion character '{found}': expected 's', 'r', or 'a'</source>
        <translation>Depois de '!' na f-string vem 's', 'r' ou 'a', e não '{found}'</translation>
    </message>
    <message>
        <source>F-string: lambda expressions are not allowed without parentheses</source>
        <translation>Na f-string uma expressão lambda precisa de parênteses</translation>
    </message>
    <message>
        <source>F-string: missing conversion character</source>
        <translation>Depois de '!' na f-string falta 's', 'r' ou 'a'</translation>
    </message>
    <message>
        <source>F-string: valid expression required before '{sign}'</source>
        <translation>Na f-string falta uma expressão válida antes de '{sign}'</translation>
    </message>
    <message>
        <source>Parameter without a default follows parameter with a default</source>
        <translation>Um parâmetro sem valor padrão vem depois de um que o tem</translation>
    </message>
    <message>
        <source>Can't instantiate abstract class {kind} without an implementation for abstract method {name}</source>
        <translation>{kind} é abstrata: falta-lhe o método {name}</translation>
    </message>
    <message>
        <source>Can't instantiate abstract class {kind} without an implementation for abstract methods {names}</source>
        <translation>{kind} é abstrata: faltam-lhe os métodos {names}</translation>
    </message>
    <message>
        <source>{name}() iterable argument is empty</source>
        <translation>{name}() precisa de ao menos um elemento, e o que recebeu está vazio</translation>
    </message>
    <message>
        <source>empty range in randrange({begin}, {end})</source>
        <translation>não há número inteiro de {begin} até antes de {end}</translation>
    </message>
    <message>
        <source>non-default argument '{name}' follows default argument '{before}'</source>
        <translation>o campo '{name}', sem valor padrão, vem depois de '{before}', que o tem</translation>
    </message>
    <message>
        <source>Out of range float values are not JSON compliant: {value}</source>
        <translation>JSON não tem NaN nem infinito: {value}</translation>
    </message>
    <message>
        <source>{name} is not in the subpath of {folder}</source>
        <translation>{name} não está dentro de {folder}</translation>
    </message>
</context>
</TS>
