<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>numbers</name>
    <message>
        <source>Cell</source>
        <translation>Célula</translation>
    </message>
    <message>
        <source>Copied from {before} to {after}</source>
        <translation>Copiado de {before} para {after}</translation>
    </message>
    <message>
        <source>Sign, exponent and fraction are told apart by colour and by the gaps between them.</source>
        <translation>Sinal, expoente e fração se distinguem pela cor e pelos espaços entre eles.</translation>
    </message>
    <message>
        <source>There is no number to look into here.</source>
        <translation>Não há aqui um número para ver por dentro.</translation>
    </message>
    <message>
        <source>device copy</source>
        <translation>outro dispositivo</translation>
    </message>
    <message>
        <source>dtype and bits</source>
        <translation>dtype e bits</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exato</translation>
    </message>
    <message>
        <source>its value was copied from one device to another</source>
        <translation>seu valor foi copiado de um dispositivo para outro</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>não é um número</translation>
    </message>
    <message>
        <source>rounded by {error} of it</source>
        <translation>arredondado em {error} do valor</translation>
    </message>
    <message>
        <source>too large: overflow</source>
        <translation>grande demais: overflow</translation>
    </message>
    <message>
        <source>too large: the largest stands for it</source>
        <translation>grande demais: o maior fica no lugar</translation>
    </message>
    <message>
        <source>too small: underflow to 0</source>
        <translation>pequeno demais: underflow para 0</translation>
    </message>
    <message>
        <source>{how}, subnormal</source>
        <translation>{how}, subnormal</translation>
    </message>
    <message numerus="yes">
        <source>{n} dimensions</source>
        <translation>
            <numerusform>{n} dimensão</numerusform>
            <numerusform>{n} dimensões</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} numbers of {each} B each, {all} in all, on {device}</source>
        <translation>
            <numerusform>{n} número de {each} B, {all} ao todo, em {device}</numerusform>
            <numerusform>{n} números de {each} B cada, {all} ao todo, em {device}</numerusform>
        </translation>
    </message>
</context>
</TS>
