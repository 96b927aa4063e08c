<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>engine_tensors</name>
    <message id="tensor_file.as_bytes">
        <source>Of its dtype, {dtype}, nothing is left: a picture has numbers from 0 to 255, for True 255.</source>
        <translation>Do seu dtype, {dtype}, não resta nada: uma imagem tem números de 0 a 255, e 255 para True.</translation>
    </message>
    <message id="tensor_file.nan_in_picture">
        <source>A picture has no place for NaN, and there is some in this.</source>
        <translation>Uma imagem não tem lugar para NaN, e há algum neste.</translation>
    </message>
    <message id="tensor_file.no_dtype">
        <source>A table of text has its numbers and not its dtype, {dtype}, which a .pt keeps.</source>
        <translation>Uma tabela de texto tem os números dele e não o dtype, {dtype}, que um .pt conserva.</translation>
    </message>
    <message id="tensor_file.no_shape">
        <source>A table of one column is read as a vector, ({n_rows},), and not in the shape {shape}, which a .pt keeps.</source>
        <translation>Uma tabela de uma coluna é lida como um vetor, ({n_rows},), e não na forma {shape}, que um .pt conserva.</translation>
    </message>
    <message id="tensor_file.scaled">
        <source>Its numbers from 0 to 1 are whole ones from 0 to 255 there, rounded to these.</source>
        <translation>Seus números de 0 a 1 são ali inteiros de 0 a 255, arredondados para estes.</translation>
    </message>
    <message id="tensor_file.turned">
        <source>Its first axis, of colours, is the last one of the picture.</source>
        <translation>Seu primeiro eixo, o das cores, é o último da imagem.</translation>
    </message>
    <message id="tensor_file.unpacked">
        <source>Each element stands by itself: of its form, {layout}, nothing is left. A .pt keeps it.</source>
        <translation>Cada elemento está por si: da sua forma, {layout}, não resta nada. Um .pt a conserva.</translation>
    </message>
    <message id="brief.batched">
        <source>one of a batch, inside torch.vmap</source>
        <translation>um de um lote, dentro de torch.vmap</translation>
    </message>
    <message id="brief.kept_by_class">
        <source>{name} keeps its elements itself</source>
        <translation>{name} guarda ela mesma os seus elementos</translation>
    </message>
    <message id="brief.meta">
        <source>meta, without data</source>
        <translation>meta, sem dados</translation>
    </message>
    <message id="brief.nested">
        <source>nested, of ragged shape</source>
        <translation>aninhado, de forma irregular</translation>
    </message>
    <message id="brief.indices_outside">
        <source>has indices outside of its shape</source>
        <translation>tem índices fora da sua forma</translation>
    </message>
    <message id="brief.storage_freed">
        <source>its storage has been freed</source>
        <translation>a memória dele foi liberada</translation>
    </message>
    <message id="brief.file_cut">
        <source>its file has been cut</source>
        <translation>o arquivo dele foi cortado</translation>
    </message>
    <message id="brief.too_large_to_copy">
        <source>backwards or in another byte order in a large file</source>
        <translation>de trás para a frente ou em outra ordem de bytes num arquivo grande</translation>
    </message>
    <message id="brief.too_large_to_unpack">
        <source>{layout} with {n:,} elements, too many to unpack</source>
        <translation>{layout} com {n:,} elementos, demais para desempacotar</translation>
    </message>
    <message id="brief.too_many">
        <source>too many elements</source>
        <translation>elementos demais</translation>
    </message>
    <message id="brief.uninitialized">
        <source>before its module's first call</source>
        <translation>antes da primeira chamada do seu módulo</translation>
    </message>
    <message id="file.not_written">
        <source>{path} could not be written: {reason}.</source>
        <translation>{path} não pôde ser gravado: {reason}.</translation>
    </message>
    <message id="tensor.batched">
        <source>This tensor's elements cannot be shown: it is one of a batch, inside torch.vmap.</source>
        <translation>Os elementos deste tensor não podem ser mostrados: ele é um de um lote, dentro de torch.vmap.</translation>
    </message>
    <message id="tensor.kept_by_class">
        <source>This tensor's elements cannot be shown: its class {type_name} keeps them itself.</source>
        <translation>Os elementos deste tensor não podem ser mostrados: a sua classe {type_name} os guarda ela mesma.</translation>
    </message>
    <message id="tensor.meta">
        <source>This tensor's elements cannot be shown: meta, without data.</source>
        <translation>Os elementos deste tensor não podem ser mostrados: meta, sem dados.</translation>
    </message>
    <message id="tensor.nested">
        <source>This tensor's elements cannot be shown: nested, of ragged shape.</source>
        <translation>Os elementos deste tensor não podem ser mostrados: aninhado, de forma irregular.</translation>
    </message>
    <message id="tensor.no_such_axes">
        <source>A tensor of {n_axes} axes has no rows along axis {row_axis} with columns along axis {column_axis}.</source>
        <translation>Um tensor de {n_axes} eixos não tem linhas no eixo {row_axis} com colunas no eixo {column_axis}.</translation>
    </message>
    <message id="tensor.indices_outside">
        <source>This tensor's elements cannot be shown: it has indices outside of its shape.</source>
        <translation>Os elementos deste tensor não podem ser mostrados: ele tem índices fora da sua forma.</translation>
    </message>
    <message id="tensor.storage_freed">
        <source>This tensor's elements cannot be shown: its storage has been freed.</source>
        <translation>Os elementos deste tensor não podem ser mostrados: a memória dele foi liberada.</translation>
    </message>
    <message id="tensor.file_cut">
        <source>This tensor's elements cannot be shown: the file that they lie in has been cut, and ends before them.</source>
        <translation>Os elementos deste tensor não podem ser mostrados: o arquivo em que estão foi cortado, e acaba antes deles.</translation>
    </message>
    <message id="tensor.too_large_to_copy">
        <source>This array's elements cannot be shown: it lies in a file, in another byte order or backwards, and its {n_bytes:,} bytes are too many to copy.</source>
        <translation>Os elementos deste array não podem ser mostrados: ele está num arquivo, em outra ordem de bytes ou de trás para a frente, e os seus {n_bytes:,} bytes são demais para copiar.</translation>
    </message>
    <message id="tensor.too_large_to_measure">
        <source>This tensor has {n_elements:,} elements, too many to measure.</source>
        <translation>Este tensor tem {n_elements:,} elementos, demais para medir.</translation>
    </message>
    <message id="tensor.too_large_to_unpack">
        <source>This tensor's elements cannot be shown: {layout} with {n_elements:,} elements, too many to unpack.</source>
        <translation>Os elementos deste tensor não podem ser mostrados: {layout} com {n_elements:,} elementos, demais para desempacotar.</translation>
    </message>
    <message id="tensor.too_long_for_clipboard">
        <source>A tensor of {n_elements:,} elements is too long for the clipboard, which takes {most:,}: copy a slice of it.</source>
        <translation>Um tensor de {n_elements:,} elementos é longo demais para a área de transferência, que aceita {most:,}: copie uma fatia dele.</translation>
    </message>
    <message id="tensor.torch_refuses">
        <source>This tensor's elements cannot be shown: {reason}.</source>
        <translation>Os elementos deste tensor não podem ser mostrados: {reason}.</translation>
    </message>
    <message id="tensor.uninitialized">
        <source>This tensor has no elements before its module's first call, which gives it a shape.</source>
        <translation>Este tensor não tem elementos antes da primeira chamada do seu módulo, que lhe dá uma forma.</translation>
    </message>
    <message id="tensor_file.beyond_picture">
        <source>A picture holds whole numbers from 0 to 255 or floats from 0 to 1; these go from {low} to {high}.</source>
        <translation>Uma imagem contém números inteiros de 0 a 255 ou floats de 0 a 1; estes vão de {low} a {high}.</translation>
    </message>
    <message id="tensor_file.dtype">
        <source>{format} has no {dtype}: write .pt, or change it with .to(…) first.</source>
        <translation>{format} não tem {dtype}: grave .pt, ou mude o dtype com .to(…) antes.</translation>
    </message>
    <message id="tensor_file.empty_table">
        <source>A table of text tells no shape of a tensor without elements, {shape}: write .npy instead.</source>
        <translation>Uma tabela de texto não diz a forma de um tensor sem elementos, {shape}: grave .npy em vez disso.</translation>
    </message>
    <message id="tensor_file.no_library">
        <source>The engine's machine lacks {library}, which writes this.</source>
        <translation>A máquina do motor não tem {library}, que grava isto.</translation>
    </message>
    <message id="tensor_file.no_complex">
        <source>A .{suffix} file has no place for complex numbers: write .npy, or .real and .imag by themselves.</source>
        <translation>Um arquivo .{suffix} não tem lugar para números complexos: grave .npy, ou .real e .imag em separado.</translation>
    </message>
    <message id="tensor_file.no_picture">
        <source>A picture has the shape (rows, columns), (rows, columns, 3) or (3, rows, columns); this has {shape}.</source>
        <translation>Uma imagem tem a forma (linhas, colunas), (linhas, colunas, 3) ou (3, linhas, colunas); isto tem {shape}.</translation>
    </message>
    <message id="tensor_file.no_table">
        <source>A table holds real numbers in one or two axes; this has the shape {shape}.</source>
        <translation>Uma tabela contém números reais em um ou dois eixos; isto tem a forma {shape}.</translation>
    </message>
    <message id="tensor_file.too_long">
        <source>{n_elements} elements are too many for a table of text: write .npy instead.</source>
        <translation>{n_elements:,} elementos são demais para uma tabela de texto: grave .npy em vez disso.</translation>
    </message>
    <message id="tensor_file.unknown_format">
        <source>A tensor is written as {suffixes}; {name} is none of these.</source>
        <translation>Um tensor é gravado como {suffixes}; {name} não é nenhum destes.</translation>
    </message>
</context>
</TS>
