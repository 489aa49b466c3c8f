"""The look of every page: tokens, base templates, components, template tags, drawn pictures and posters.

Owns how things look and who is asking (``people``, ``guards``); never reads goods or orders, never decides anything. The living page
is ``/ui/`` (and ``/ui/?on=console``) while ``DEBUG`` or the demo is on.

Rules, tested over every template and style sheet of the repository: no inline script or style, no ``on…`` attribute; colours and
sizes only in ``static/ui/tokens.css``; a page works without JavaScript, ``ui.js`` and htmx add comfort; one coral button per view.

Base templates
    ``ui/phone.html``      blocks title, heading, top_bar | top_start, top_end, content, foot, sticky, sheets, meta, styles, scripts;
                           context ``tabs`` (list of ``navigation.Tab``), ``back_url``
    ``ui/console.html``    blocks title, heading, lead, breadcrumbs, actions, content, drawer, search, top_end, account, side_foot;
                           context ``navigation`` (list of ``navigation.NavigationGroup``), ``search_url``, ``search_text``
    ``ui/error.html``      through ``errors.render_error`` and ``errors.refusal``

Tags (``{% load ui %}``)
    ``{% icon "cart" "small" label="…" filled=True %}``            ``{% avatar seed "large" alt="…" %}``
    ``{% money fen currency signed=True %}``                       ``{{ fen|money_text:currency }}`` for labels
    ``{% price fen currency size="large" ink=True short=True %}``  ``{% reference_price fen currency "30-day low" %}``
    ``{% product_picture product "card" alt=product.title %}``     sizes small, thumb, large-thumb, card, full
    ``{% category_picture motif %}``                               ``{% illustration "cart" %}`` (an address)
    ``{% field form.name %}`` or ``{{ form }}``                    ``{% hidden_inputs values %}``
    ``{% sparkline values label="…" %}``                           ``{% bar value maximum kind="honey" label="…" %}``
    ``{% qr text %}``                                              ``{% language_switch %}``
    ``{% moment when %}``, ``{% ago when %}``                      ``{% querystring_with page=2 sort=None %}``
    ``{% recommended product.id "home" rank model %}`` marks what was chosen for who looks
    ``{% sheet "id" title kind="drawer" open=True %}…{% endsheet %}``, opened by ``<a href="#id" data-open="id">``

Components (``{% include "ui/components/….html" with … %}``; square brackets: may be left out)
    product_card     product url price_fen currency [reference_fen badge badge_kind note gone eager mark], inside ``.product-grid``
    product_row      product title price_fen currency [url options quantity note]
    agent_card       seed name [since voice disclosure url]
    empty            title [text url label drawing]
    timeline         items (``navigation.TimelineItem``)            steps        steps current
    statement_line   title amount_fen currency reason [at badge badge_kind url label struck]
    stat             label value [url icon change change_kind values definition], inside ``.stats``
    table            caption columns rows (``navigation.Column``, ``navigation.Cell``)
    pagination       page                                           breadcrumbs  crumbs (``navigation.Crumb``)
    stepper          name value minimum maximum label [form_id]     star_input   name label value
    stars            value                                          seats        people free total
    notice           text [kind url label]                          copy         text
    button           label [url kind icon name value confirm disabled classes]
    countdown        until

Pages: ``remembering.render_shown`` answers with a page whose whole context is one frozen value; the same value is the same text.
Classes: ``static/ui/base.css`` (layout helpers, buttons, fields), ``components.css``, ``phone.css``, ``console.css``.
Behaviour: the ``data-…`` attributes at the top of each part of ``static/ui/ui.js``; what is told to the shop: ``static/ui/stream.js``.
Pictures: ``pictures.rasterise``, ``pictures.product_webp``; motifs in ``drawing.products.MOTIFS``. Posters: ``posters.poster_png``.
"""
