-- +goose Up
-- Privacy notices: the texts by which a clinic tells people what it does with
-- their data (LFPDPPP 15 and 16). The nil clinic owns the base notice, which
-- becomes a clinic's version 1 once its data are complete.

-- A notice is public, so nothing in it is sealed. content is what a person
-- reads and what body_hash covers: the summary, then every element under its
-- title. elements hold the same text in the parts that the law asks for, so that
-- a missing one can be named.
create table privacy_notices (
    clinic_id      uuid        not null references clinics (id),
    id             uuid        not null,
    kind           text        not null check (kind in ('integral', 'simplified')),
    lang           text        not null default 'es-MX',
    status         text        not null check (status in ('draft', 'published', 'superseded')),
    -- version counts what was published; a draft has none
    version        integer     check (version > 0),
    is_active      boolean     not null default false,
    summary        text        not null,
    content        text        not null,
    elements       jsonb       not null,
    -- parameters are the values that stand in the text: those of the law in the
    -- base notice, with the clinic's own beside them once it is published
    parameters     jsonb       not null default '{}',
    body_hash      bytea       check (length(body_hash) = 32),
    effective_from timestamptz,
    published_at   timestamptz,
    published_by   uuid,
    revision       bigint      not null default 1,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    primary key (clinic_id, id),
    unique (clinic_id, kind, version),
    check ((status = 'draft') = (version is null)),
    check (status = 'draft' or (body_hash is not null and published_at is not null and effective_from is not null)),
    check (not is_active or status = 'published')
);
create unique index privacy_notices_in_force on privacy_notices (clinic_id, kind) where is_active;
create index privacy_notices_by_age on privacy_notices (clinic_id, created_at desc, id desc);
-- keep_published lets a published notice do one thing more: give way to the
-- next. People accepted its words. The base notice is a pattern, not a notice
-- that anybody accepted, so a lawyer may revise it.
-- +goose StatementBegin
create function keep_published() returns trigger language plpgsql as $$
declare
    free text[] := array['status', 'is_active', 'updated_at'];
begin
    if old.clinic_id = '00000000-0000-0000-0000-000000000000'::uuid and tg_op = 'UPDATE' then
        return new;
    end if;
    if tg_op = 'UPDATE' and old.status = 'draft' then
        return new;
    end if;
    if tg_op = 'DELETE' and old.status = 'draft' then
        return old;
    end if;
    if tg_op = 'UPDATE' and old.status = 'published' and new.status = 'superseded'
        and to_jsonb(new) - free = to_jsonb(old) - free then
        return new;
    end if;
    raise exception 'a published notice does not change: publish a new version' using errcode = 'HS003';
end
$$;
-- +goose StatementEnd
create trigger keep_published before update or delete on privacy_notices
    for each row execute function keep_published();

-- The base notice. Articles are those of the LFPDPPP of 20 March 2025. Its
-- elements stand in the order in which people ask: what for comes first.
-- {{...}} stands for the clinic's data and, with those of parameters, for what
-- the law names. In a text, a line «### » is a heading, lines «- » are a list
-- and «> » is set apart.
insert into privacy_notices (clinic_id, id, kind, status, version, is_active, summary, content, elements, parameters,
    body_hash, effective_from, published_at, created_at, updated_at)
select '00000000-0000-0000-0000-000000000000', '00000000-0000-7000-8000-000000000001', 'integral', 'published', 1, true,
    base.summary, body.content, base.elements, base.parameters, sha256(convert_to(body.content, 'UTF8')), now(), now(), now(), now()
from (select
$base${{responsable}} es responsable de sus datos personales. Los usa para atender su salud y los cuida como la ley ordena.

> **Sus datos de salud son sensibles.** Solo se tratan con su consentimiento expreso, salvo en urgencias y en los demás casos que la ley señala.$base$ as summary,
jsonb_build_object(
    'autoridad', 'Secretaría Anticorrupción y Buen Gobierno',
    'ley', 'Ley Federal de Protección de Datos Personales en Posesión de los Particulares'
) as parameters,
jsonb_build_array(
    jsonb_build_object('element', 'III', 'title', 'Para qué usamos sus datos', 'text',
$base$### Necesario para atenderle
- Integrar y conservar su expediente clínico.
- Darle diagnóstico, tratamiento, recetas y estudios.
- Programar sus citas y cumplir lo que las leyes nos exigen.

### Solo si usted lo acepta
- Recordarle sus citas por WhatsApp.
- Compartir su caso con otros médicos.
- Investigación y enseñanza.
- Encuestas de satisfacción y avisos de nuestros servicios.
- Analizar su información con inteligencia artificial, siempre con la revisión de una persona.

Usted puede negarse a cualquiera de las finalidades voluntarias. Su atención no depende de ellas.$base$),
    jsonb_build_object('element', 'II', 'title', 'Qué datos tratamos', 'text',
$base$Tratamos los datos que usted nos da y los que resultan de su atención.

### Datos personales
- De identificación: nombre, CURP, fecha y lugar de nacimiento, sexo y ocupación.
- De contacto: teléfono, correo electrónico y domicilio.
- De la persona a quien avisar en una urgencia y, en su caso, de quien le representa.

### Datos personales sensibles
- De salud: antecedentes personales y familiares, hábitos, síntomas, signos vitales, diagnósticos, tratamientos, recetas, estudios y evolución.
- Los demás que su atención haga indispensables.

Los datos de salud son sensibles (artículo 2, fracción VI, de la {{ley}}; los demás artículos que aquí se citan son de esa ley). Para tratarlos le pedimos su consentimiento expreso y por escrito, que puede dar con su firma o con un mecanismo que confirme que es usted (artículo 8).$base$),
    jsonb_build_object('element', 'VIII', 'title', 'Con quién los compartimos', 'text',
$base$No vendemos sus datos ni los cedemos.

Podemos comunicarlos sin pedirle consentimiento solo en los casos que la ley prevé (artículo 36), por ejemplo cuando es necesario para la prevención, el diagnóstico, la atención o el tratamiento médico, o cuando una ley lo dispone.

Los proveedores que nos prestan servicios, como el programa en que se lleva su expediente, tratan los datos por nuestro encargo y solo conforme a nuestras instrucciones. Eso no es una transferencia (artículo 2, fracción XX).

### Su decisión sobre las transferencias
Para cualquier otra comunicación de sus datos le pediremos su consentimiento y usted indicará si la acepta o no (artículo 35). Nadie supone que acepta: mientras no lo diga, no se hace.$base$),
    jsonb_build_object('element', 'V', 'title', 'Sus derechos: acceder, rectificar, cancelar u oponerse', 'text',
$base$Usted, o quien le represente legalmente, puede pedir en cualquier momento que le dejemos ver sus datos, que los corrijamos, que los cancelemos o que dejemos de usarlos.

Presente su solicitud a {{contacto}}, o en {{domicilio}}. Indique:
- Su nombre y un domicilio u otro medio para responderle.
- Los documentos que acrediten su identidad o la de quien le representa.
- Con claridad, los datos de que se trata y el derecho que quiere ejercer.
- Si pide una corrección, el cambio y los documentos que lo sustentan.

Le responderemos en un máximo de 20 días hábiles desde que recibamos su solicitud y, si procede, la haremos efectiva dentro de los 15 días hábiles siguientes a nuestra respuesta. Cada plazo puede ampliarse una sola vez, por un periodo igual, cuando las circunstancias lo justifiquen (artículo 31). El trámite es gratuito; solo pueden cobrarse los gastos de envío, reproducción o copias (artículo 34).

La ley señala los casos en que no procede cancelar datos, como los que se necesitan para la atención médica o los que una disposición legal manda conservar (artículo 25), y aquellos en que una solicitud puede negarse (artículo 33). En todos le daremos las razones.

Si considera que no atendimos bien su solicitud, puede acudir a la {{autoridad}} dentro de los 15 días hábiles siguientes a nuestra respuesta o, si no la hubo, al vencimiento del plazo (artículos 40 a 43).$base$),
    jsonb_build_object('element', 'VII', 'title', 'Cómo revocar su consentimiento', 'text',
$base$Puede revocar en cualquier momento el consentimiento que nos dio, para una o varias finalidades. Basta con que lo diga en el consultorio o escriba a {{contacto}}. No tiene costo y no afecta lo hecho antes (artículo 7). El expediente clínico que la ley manda conservar no se borra por la revocación (artículo 25).$base$),
    jsonb_build_object('element', 'IV', 'title', 'Cómo limitar el uso o la divulgación de sus datos', 'text',
$base$Puede pedir que dejemos de usar sus datos para las finalidades voluntarias, o que dejemos de escribirle por algún medio. Dígalo en el consultorio o escriba a {{contacto}}. Lo anotaremos en nuestra lista de exclusión y lo respetaremos desde ese momento, sin costo para usted.$base$),
    jsonb_build_object('element', 'IX', 'title', 'Cómo le entregamos su información', 'text',
$base$Cuando pida acceso a sus datos se los entregaremos en copia simple o en documentos electrónicos, como usted prefiera: en el consultorio, o por el correo electrónico que nos indique (artículo 32).$base$),
    jsonb_build_object('element', 'VI', 'title', 'Cambios a este aviso', 'text',
$base$Si este aviso cambia, publicaremos la nueva versión en {{enlace}}, con su número y su fecha, y la tendremos a la vista en el consultorio. Si un cambio añade una finalidad que necesita su consentimiento, se lo pediremos antes (artículo 11). Las versiones anteriores se conservan y pueden consultarse en el mismo sitio.$base$),
    jsonb_build_object('element', 'I', 'title', 'Quién es responsable de sus datos', 'text',
$base${{responsable}}, con domicilio en {{domicilio}}, es responsable del tratamiento de sus datos personales, conforme a la {{ley}}.

Para cualquier asunto sobre sus datos, diríjase a {{contacto}}.$base$)
) as elements) base,
lateral (select base.summary || (
    select string_agg(E'\n\n## ' || (e.part ->> 'title') || E'\n\n' || (e.part ->> 'text'), '' order by e.n)
    from jsonb_array_elements(base.elements) with ordinality as e (part, n)) as content) body;

select build_wall('privacy_notices');
-- Everybody may read the base notice.
create policy base_notice on privacy_notices for select
    using (clinic_id = '00000000-0000-0000-0000-000000000000'::uuid);

-- +goose Down
drop table privacy_notices;
drop function keep_published();
