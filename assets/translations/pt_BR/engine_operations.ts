<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_operations</name>
    <message id="operation.transformed">
        <source>Made inside of torch.func ({transforms}), of tensors that stand for others: no operation is told, and no cells are followed.</source>
        <translation>Feito dentro de torch.func ({transforms}), de tensores que representam outros: nenhuma operação é mostrada, e nenhuma célula é seguida.</translation>
    </message>
    <message id="operation.changed">
        <source>It was written to after the call took it, and was too large to keep.</source>
        <translation>Ele foi escrito depois que a chamada o recebeu, e era grande demais para ser guardado.</translation>
    </message>
    <message id="operation.turned">
        <source>It was given other axes since: its cells stand elsewhere now.</source>
        <translation>Depois disso ele recebeu outros eixos: suas células agora estão em outros lugares.</translation>
    </message>
    <message id="operation.written">
        <source>The call wrote into it; what it was before is not kept.</source>
        <translation>A chamada escreveu nele; o que era antes não foi guardado.</translation>
    </message>
    <message id="slice.does_not_fit">
        <source>{text} does not fit: {reason}.</source>
        <translation>{text} não serve: {reason}.</translation>
    </message>
    <message id="slice.no_index">
        <source>{text} is no index that can be read here: numbers, slices as in 1:4 or ::2, ..., None, and lists of numbers can.</source>
        <translation>{text} não é um índice que se possa ler aqui: números, fatias como 1:4 ou ::2, ..., None e listas de números podem.</translation>
    </message>
    <message id="storage.no_view">
        <source>A .view() that joins the axes {axis} and {after} of {name} fails: a step along axis {axis} is {step}, and would have to be {needed} for one stride to go through both. .reshape() copies the elements into that order.</source>
        <translation>Um .view() que junta os eixos {axis} e {after} de {name} falha: um passo ao longo do eixo {axis} é {step}, e teria de ser {needed} para um só stride percorrer os dois. .reshape() copia os elementos para essa ordem.</translation>
    </message>
    <message id="storage.other_dtypes">
        <source>The same bytes are read in another dtype by {names}.</source>
        <translation>Os mesmos bytes são lidos em outro dtype por {names}.</translation>
    </message>
    <message id="storage.views">
        <source>The elements of {name} lie in the order in which it is read: .view() takes any shape of as many, and copies nothing.</source>
        <translation>Os elementos de {name} estão na ordem em que ele é lido: .view() aceita qualquer forma com o mesmo número deles, sem copiar nada.</translation>
    </message>
    <message id="view.axes_do_not_join">
        <source>{expression}: this tensor of shape {shape} has strides {stride}, so that its elements do not lie one after another: a step along axis {axis} is {step}, and would have to be {needed} for axes {axis} and {after} to be read as one, as view needs (it was transposed or sliced); use reshape, which copies.</source>
        <translation>{expression}: este tensor de forma {shape} tem strides {stride}, e por isso seus elementos não estão um após o outro: um passo ao longo do eixo {axis} é {step}, e teria de ser {needed} para os eixos {axis} e {after} serem lidos como um só, como view precisa (ele foi transposto ou fatiado); use reshape, que copia.</translation>
    </message>
</context>
</TS>
