<?xml version="1.0" encoding="UTF-8"?>
<!-- Turns flat Schematron with the query binding xslt2 or later into a stylesheet that lists what fails. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:out="urn:klusnet:stylesheet" xmlns:sch="http://purl.oclc.org/dsdl/schematron" exclude-result-prefixes="sch">
  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>
  <xsl:output method="xml" indent="no"/>

  <xsl:template match="/sch:schema">
    <!-- What is not understood must not pass for a rule that holds. -->
    <xsl:if test="//sch:include | //sch:extends | //@abstract[. = 'true'] | //@is-a">
      <xsl:message terminate="yes">only flat Schematron can be read: no include, extends or abstract</xsl:message>
    </xsl:if>
    <out:stylesheet version="3.0">
      <xsl:for-each select="sch:ns">
        <xsl:namespace name="{@prefix}" select="@uri"/>
      </xsl:for-each>
      <out:output method="xml"/>
      <xsl:copy-of select="xsl:function | xsl:key"/>
      <xsl:apply-templates select="sch:let | sch:pattern/sch:let"/>
      <out:template match="/">
        <result>
          <xsl:for-each select="sch:pattern">
            <out:apply-templates select="/" mode="pattern-{position()}"/>
          </xsl:for-each>
        </result>
      </out:template>
      <xsl:for-each select="sch:pattern">
        <xsl:variable name="mode" select="'pattern-' || position()"/>
        <out:mode name="{$mode}" on-no-match="shallow-skip"/>
        <xsl:for-each select="sch:rule">
          <!-- The first rule of a pattern that matches a node is the only one that counts. -->
          <out:template match="{@context}" mode="{$mode}" priority="{last() - position() + 1}">
            <xsl:apply-templates select="sch:let | sch:assert | sch:report"/>
            <out:apply-templates select="@*, node()" mode="{$mode}"/>
          </out:template>
        </xsl:for-each>
      </xsl:for-each>
    </out:stylesheet>
  </xsl:template>

  <xsl:template match="sch:let">
    <out:variable name="{@name}" select="{@value}"/>
  </xsl:template>

  <xsl:template match="sch:assert | sch:report">
    <tested/>
    <out:if test="{if (self::sch:assert) then 'not(' || @test || ')' else @test}">
      <failed rule="{@id}" flag="{(@flag, @role, ../@flag, ../@role, 'fatal')[1]}">
        <xsl:apply-templates/>
      </failed>
    </out:if>
  </xsl:template>

  <xsl:template match="sch:value-of">
    <out:value-of select="{@select}"/>
  </xsl:template>

  <xsl:template match="sch:name">
    <out:value-of select="name({@path})"/>
  </xsl:template>

  <xsl:template match="sch:assert/text() | sch:report/text()">
    <out:text><xsl:value-of select="."/></out:text>
  </xsl:template>
</xsl:stylesheet>
